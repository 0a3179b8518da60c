using Lucene.Net.Store;

namespace DailyPapers.Search.Indexing;

/// <summary>
/// The files of an index, mapped into memory. Lucene's own mapping keeps a weak reference to every cursor, thousands for a
/// search, all of which each garbage collection goes through; here cursors hold the mapping and nothing holds them.
/// </summary>
internal sealed class MappedDirectory(DirectoryInfo folder) : FSDirectory(folder, NoLockFactory.GetNoLockFactory())
{
    public override IndexInput OpenInput(string name, IOContext context)
    {
        EnsureOpen();
        return new MappedInput(MappedFile.Open(Path.Combine(Directory.FullName, name)));
    }

    public override IndexInputSlicer CreateSlicer(string name, IOContext context)
    {
        EnsureOpen();
        return new Slicer(MappedFile.Open(Path.Combine(Directory.FullName, name)));
    }

    private sealed class Slicer(MappedFile file) : IndexInputSlicer
    {
        public override IndexInput OpenSlice(string sliceDescription, long offset, long length) => new MappedInput(file, sliceDescription, offset, length);

        [Obsolete("Only for reading CFS files from 3.x indexes.")]
        public override IndexInput OpenFullSlice() => new MappedInput(file);

        protected override void Dispose(bool disposing)
        {
        }
    }
}
