"""DynamoDB: items, keys, conditions and transactions."""
