ENV LOCO_ENV=production
