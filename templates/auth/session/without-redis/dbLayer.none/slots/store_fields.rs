sessions: sessions::Sessions,
