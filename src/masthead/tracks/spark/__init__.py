"""The same detection on Apache Spark, for lakes that one machine is too small or too slow for.

    masthead.tracks.engine.detect_table("lake", engine="spark")
    masthead.tracks.engine.detect_table("s3a://bucket/lake", engine="spark")

The positions are spread over the cluster by ship and sorted there; each worker hands the tracks of
its ships to the same detectors (`ships`). What meetings need (the ships' steps at sea, away from
ports) is spread anew by cells of space and time and paired there, and the pairs of any two ships
are brought together and judged (`meetings`): the driver sees findings only. Of all positions it
gets one in each hour and place (`tracks.hearing`), a day at a time, by which gaps are weighed.

Needs `pip install masthead[spark]` and a Java runtime.
"""

from masthead.tracks.spark.run import Sizes, run_on_spark
from masthead.tracks.spark.source import SparkLake

__all__ = ["Sizes", "SparkLake", "run_on_spark"]
