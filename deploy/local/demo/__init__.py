"""Demo data: two fictitious agencies with homes, people and wishes, the same every time, removed by one command.

Addresses of people and agencies are at example.com. Telephones come from the ranges that Sweden and the United Kingdom
keep for fiction; Spain, Portugal and Slovenia keep none, so nobody there has one.
"""
