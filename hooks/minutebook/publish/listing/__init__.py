"""The data behind the filters of `/actions/` and `/decisions/`: small files, of which a browser fetches few.

All rows of a list, numbered from the oldest, are cut into shards of 10,000. A new meeting changes the last shard only.
Below `actions/data/` and `decisions/data/` stand

    manifest.json               what there is: facets, their fixed options, shards (`shards.manifest`)
    <digest>/columns.json       one shard: what filters and sorts look at (`shards.columns`)
    <digest>/rows-<k>.json      its rows k*50 to k*50+49, as they are shown
    <digest>/lines-<k>.json     their lines k*200 to k*200+199 of the CSV file, for downloads
    <digest>/words-<k>.json     a stretch of its words in alphabetical order, with the rows that hold each (`words`)

A shard's folder is named by what is in it, so a browser may keep its files for ever; only the manifest has a name that
stays. No file grows with the archive but the manifest, by about 200 bytes for 10,000 rows.
"""

from minutebook.publish.listing.shards import files

__all__ = ["files"]
