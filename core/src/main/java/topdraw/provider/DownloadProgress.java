package topdraw.provider;

/// Hears how far a download is. Calls come from the thread that asked for what is fetched.
public interface DownloadProgress {
  /// A listener that wants to hear nothing.
  DownloadProgress SILENT =
      new DownloadProgress() {
        @Override
        public void bytes(long done, long total) {}

        @Override
        public void note(String line) {}
      };

  /// More bytes have arrived.
  ///
  /// @param done bytes so far; falls back when a download starts anew
  /// @param total bytes expected in all
  void bytes(long done, long total);

  /// Something worth telling a person, such as where it comes from.
  ///
  /// @param line one line
  void note(String line);
}
