"""The private MongoDB and RabbitMQ of a checkout, and the ports that they listen on."""
