"""What a draft search would find, what would find more, and what people want of one listing."""
