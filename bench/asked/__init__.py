"""What two servers are asked: every address of the sitemap and its machine twins, forms of each page, errors.

Most is read off the first of the two: its sitemap, its forms, its OpenAPI document, the links of its pages. Where
an address holds what each server names itself, `{edition}` and `{before}` stand in it.
"""
