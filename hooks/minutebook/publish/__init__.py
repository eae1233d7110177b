"""What is published beside the pages: data, original files, redirects, the ledger of addresses.

Pure, as the other stages are: archives in, bytes out; `build.py` and the site's hooks write them.
"""
