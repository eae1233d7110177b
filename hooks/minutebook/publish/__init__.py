"""What is published beside the pages: data, feeds, calendars, original files, search, redirects, the ledger, exports.

Archives in, bytes out; `build.py` and the site's hooks write them. Only `search.write` works on a finished site.
"""
