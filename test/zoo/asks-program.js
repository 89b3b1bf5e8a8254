// A program for people, beside the server's own.
process.stdout.write('Welcome to the setup wizard!\n? Which client do you use?\n');
process.exit(0);
