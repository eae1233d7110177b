"""What is published beside the pages: data, original files, the search, redirects, the ledger of addresses, exports.

Archives in, bytes out; `build.py` and the site's hooks write them. Only `search.write` works on a finished site.
"""
