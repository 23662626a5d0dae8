"""The explorer: the graph as web pages on this machine, for people who never open a terminal.

Pages are made here, on the server, from what `graphmodel.api` returns; a page works without JavaScript as far as it
can, and parts of it are replaced by htmx. Nothing is requested from elsewhere. A page is a module in `pages` with its
routes, and a template.
"""
