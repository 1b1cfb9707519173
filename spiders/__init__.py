"""Brings pages home: what sites declare, the crawl, and the reading of a page as an article.

Import from the modules (`spiders.site`, `spiders.parsing`, `spiders.crawling`): only a crawl loads Scrapy.
"""
