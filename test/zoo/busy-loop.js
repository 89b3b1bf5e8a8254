// Never answers, and keeps a processor busy with it.
for (;;);
