"""What is needed around the site: embedded servers, roles of the database, start-up checks, the demo.

Knows no app of the product. Works without Django, except controle, router, apps and the commands.
"""
