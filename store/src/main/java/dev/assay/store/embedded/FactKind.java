package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.Collection;

/** One kind of fact: how its observations are joined with what its tables hold. */
interface FactKind {

  /** Which observations it takes. */
  Class<? extends Observation> observations();

  /** Reads what is known under the keys of these observations. */
  Working load(Transaction tx, Collection<Observation> given) throws SQLException;

  /** Which keys are stored. */
  StoredKeys keys();

  /** Asks for the hashes of all keys that are stored. */
  String storedKeys();

  /** Forgets facts that it holds in memory: what is stored was changed by other means. */
  void forgetRecent();

  /** The facts that one transaction touches. */
  interface Working {

    /** Joins. */
    void add(Observation observation);

    /** Writes what is new or different; how many facts that are. */
    int write(Transaction tx) throws SQLException;
  }
}
