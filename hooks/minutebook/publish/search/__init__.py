"""Search: what can be found (`records`), under which words (`words`), and the index that browsers ask (`index`).

The index is Pagefind's: a folder of static files, of which a browser fetches only the few that its query needs.
"""

from minutebook.publish.search.index import write
from minutebook.publish.search.records import WrittenPage, records

__all__ = ["WrittenPage", "records", "write"]
