package dev.assay.bench.lines;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, tuned for this: see {@link #OPTIONS}. It is asked for the least that the index does: a
 * blind write of one edit for each line, which need not know which edits a line has already.
 */
final class Rocks implements Lines {
  static final String OPTIONS =
      "block cache 512 MiB (LRU), bloom filters of 10 bits on whole keys and on memtables, 4 KiB blocks"
          + " with a hash index, filters and indexes held outside the cache, no compression (hashes"
          + " do not compress), no log, batches of 1,000 writes, 3 write buffers of 128 MiB, level"
          + " compaction with dynamic levels and 2 background threads, files mapped for reading,"
          + " all files kept open, multiGet of 100 keys; everything compacted before it is asked";

  private static final int BATCH = 1_000;
  private static final int ASKED_AT_ONCE = 100;
  private static final int KEY_BYTES = 12;
  private static final int VALUE_BYTES = 12;

  static {
    RocksDB.loadLibrary();
  }

  private final Options options;
  private final WriteOptions writes = new WriteOptions().setDisableWAL(true);
  private final ReadOptions reads = new ReadOptions().setVerifyChecksums(false);
  private final RocksDB db;

  static String version() {
    RocksDB.Version version = RocksDB.rocksdbVersion();
    return version.getMajor() + "." + version.getMinor() + "." + version.getPatch();
  }

  Rocks(Path folder) throws RocksDBException {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(new LRUCache(512L << 20))
            .setFilterPolicy(new BloomFilter(10, false))
            .setWholeKeyFiltering(true)
            .setBlockSize(4 << 10)
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setDataBlockHashTableUtilRatio(0.75)
            .setCacheIndexAndFilterBlocks(false)
            .setFormatVersion(5);
    options =
        new Options()
            .setCreateIfMissing(true)
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setWriteBufferSize(128L << 20)
            .setMaxWriteBufferNumber(3)
            .setMemtablePrefixBloomSizeRatio(0.1)
            .setMemtableWholeKeyFiltering(true)
            .setLevelCompactionDynamicLevelBytes(true)
            .setMaxBackgroundJobs(2)
            .setMaxSubcompactions(2)
            .setMaxOpenFiles(-1)
            .setOptimizeFiltersForHits(false)
            .setAllowMmapReads(true);
    db = RocksDB.open(options, folder.resolve("rocks").toString());
  }

  @Override
  public String name() {
    return "RocksDB, tuned";
  }

  @Override
  public boolean putsInParallel() {
    return true;
  }

  @Override
  public void put(long from, long to) throws RocksDBException {
    byte[] key = new byte[KEY_BYTES];
    byte[] value = new byte[VALUE_BYTES];
    ByteBuffer keys = ByteBuffer.wrap(key);
    ByteBuffer values = ByteBuffer.wrap(value);
    for (long first = from; first < to; first += BATCH) {
      try (WriteBatch batch = new WriteBatch(BATCH * (KEY_BYTES + VALUE_BYTES + 8))) {
        for (long line = first; line < Math.min(to, first + BATCH); line++) {
          keys.putLong(0, Numbers.keyHigh(line)).putInt(8, Numbers.keyLow(line));
          values.putInt(0, Numbers.second(line / EDIT)).putLong(4, Numbers.edit(line / EDIT));
          batch.put(key, value);
        }
        db.write(writes, batch);
      }
    }
  }

  @Override
  public void force() throws RocksDBException {
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush);
    }
  }

  @Override
  public void settle() throws RocksDBException {
    db.compactRange();
  }

  @Override
  public Callable<Integer> question(long[] lines) {
    return () -> find(lines);
  }

  private int find(long[] lines) throws RocksDBException {
    int found = 0;
    for (int first = 0; first < lines.length; first += ASKED_AT_ONCE) {
      int here = Math.min(ASKED_AT_ONCE, lines.length - first);
      List<byte[]> keys = new ArrayList<>(here);
      for (int i = first; i < first + here; i++) {
        byte[] key = new byte[KEY_BYTES];
        ByteBuffer.wrap(key).putLong(Numbers.keyHigh(lines[i])).putInt(Numbers.keyLow(lines[i]));
        keys.add(key);
      }
      List<byte[]> values = db.multiGetAsList(reads, keys);
      for (int i = 0; i < here; i++) {
        byte[] value = values.get(i);
        if (value != null
            && ByteBuffer.wrap(value).getLong(4) == Numbers.edit(lines[first + i] / EDIT)) {
          found++;
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    db.close();
    options.close();
    writes.close();
    reads.close();
  }
}
