RUN mkdir /data
