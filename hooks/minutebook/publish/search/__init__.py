"""Search: what can be found (`records`, `written`), by which words (`pieces`, `terms`, `kin`), and the index (`index`).

The index is a folder of static files, of which a browser fetches only the few that its question needs.
"""

from minutebook.publish.search.index import write
from minutebook.publish.search.records import Group, groups
from minutebook.publish.search.written import WrittenPage
from minutebook.publish.search.written import groups as written

__all__ = ["Group", "WrittenPage", "groups", "write", "written"]
