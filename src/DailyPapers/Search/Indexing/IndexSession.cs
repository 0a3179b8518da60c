using DailyPapers.Storage;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace DailyPapers.Search.Indexing;

/// <summary>An opened index: a writer with near-real-time searchers, or searchers alone while another process writes.</summary>
internal sealed class IndexSession : IDisposable
{
    private const string LineageEntry = "lineage";
    private const string NumberEntry = "number";
    private const string FormatEntry = "format";
    private const string BuildEntry = "build";

    // Raise when the analysis or the fields change: an index of another format is built anew.
    private const string Format = "4";
    private const double MegabytesInMemory = 48;

    private readonly LuceneDirectory _directory;
    private readonly IndexWriter? _writer;
    private readonly SearcherManager _searchers;
    private readonly string _build;

    private IndexSession(LuceneDirectory directory, IndexWriter? writer, IDictionary<string, string> entries)
    {
        _directory = directory;
        _writer = writer;
        _searchers = writer is not null
            ? new SearcherManager(writer, applyAllDeletes: true, new Searchers())
            : new SearcherManager(directory, new Searchers());
        _build = entries.TryGetValue(BuildEntry, out var build) ? build : "";
        Shown = Version = VersionIn(entries);
        HasCurrentFormat = entries.TryGetValue(FormatEntry, out var format) && format == Format && Version.Lineage.Length > 0;
    }

    public bool CanWrite => _writer is not null;

    public bool HasCurrentFormat { get; }

    /// <summary>The state of the content that the documents reflect.</summary>
    public ContentVersion Version { get; private set; }

    /// <summary>The state of the content that searchers acquired from now on show; behind <see cref="Version"/> until a refresh.</summary>
    public ContentVersion Shown { get; private set; }

    /// <summary>True while something written is not on the disk yet.</summary>
    public bool HasUncommitted { get; private set; }

    /// <summary>Opens the index to search it only, or returns null when there is none.</summary>
    public static IndexSession? OpenToRead(string folder)
    {
        if (!System.IO.Directory.Exists(folder))
            return null;
        var directory = new MappedDirectory(new DirectoryInfo(folder));
        try
        {
            if (DirectoryReader.IndexExists(directory))
                return new IndexSession(directory, null, LastCommitOf(directory).UserData);
        }
        catch (FileNotFoundException)
        {
            // It is being built anew at this moment.
        }
        catch
        {
            directory.Dispose();
            throw;
        }
        directory.Dispose();
        return null;
    }

    /// <summary>Opens the index that is there to write it; throws whatever a damaged index makes Lucene throw.</summary>
    public static IndexSession OpenToWrite(string folder, Action<Exception> mergeFailed)
    {
        var directory = new MappedDirectory(new DirectoryInfo(folder));
        IndexWriter? writer = null;
        try
        {
            writer = new IndexWriter(directory, ConfigurationOf(OpenMode.APPEND, mergeFailed));
            return new IndexSession(directory, writer, writer.CommitData);
        }
        catch
        {
            Abandon(writer, directory);
            throw;
        }
    }

    /// <summary>Starts an empty index of a lineage in a folder that holds none.</summary>
    public static IndexSession Create(string folder, string lineage, Action<Exception> mergeFailed)
    {
        var directory = new MappedDirectory(new DirectoryInfo(folder));
        IndexWriter? writer = null;
        try
        {
            writer = new IndexWriter(directory, ConfigurationOf(OpenMode.CREATE, mergeFailed));
            var entries = EntriesOf(new ContentVersion(lineage, 0), Guid.NewGuid().ToString("N"));
            writer.SetCommitData(entries);
            writer.Commit();
            return new IndexSession(directory, writer, entries);
        }
        catch
        {
            Abandon(writer, directory);
            throw;
        }
    }

    /// <summary>Borrows a searcher; it stays valid until the lease is given back, whatever happens to the index.</summary>
    public SearcherLease Acquire() => new(_searchers);

    /// <summary>Makes what was written, here or by another process, visible to searchers acquired from now on.</summary>
    /// <returns>False when another process has built the index anew: this session must be opened again.</returns>
    public bool Refresh()
    {
        if (_writer is null)
        {
            var entries = LastCommitOf(_directory).UserData;
            if (!entries.TryGetValue(BuildEntry, out var build) || build != _build)
                return false;
            _searchers.MaybeRefreshBlocking();
            Shown = Version = VersionIn(entries);
            return true;
        }
        var written = Version;
        _searchers.MaybeRefreshBlocking();
        Shown = written;
        return true;
    }

    public void Write(IReadOnlyList<IndexedPaper> papers, ContentVersion reached)
    {
        foreach (var paper in papers)
            _writer!.UpdateDocument(PaperDocument.TermOf(paper.Id), PaperDocument.Of(paper));
        HasUncommitted |= reached != Version || papers.Count > 0;
        Version = reached;
    }

    public void Delete(IReadOnlyCollection<long> paperIds)
    {
        _writer!.DeleteDocuments([.. paperIds.Select(PaperDocument.TermOf)]);
        HasUncommitted = true;
    }

    public void Commit()
    {
        if (!HasUncommitted)
            return;
        _writer!.SetCommitData(EntriesOf(Version, _build));
        _writer.Commit();
        HasUncommitted = false;
    }

    /// <summary>Reads every file and compares checksums; throws when one is damaged.</summary>
    public void Verify()
    {
        using var lease = Acquire();
        Verify(lease.Searcher.IndexReader);
    }

    /// <summary>Reads every file that a reader uses and compares checksums; throws when one is damaged.</summary>
    public static void Verify(IndexReader reader)
    {
        foreach (var leaf in reader.Leaves)
            leaf.AtomicReader.CheckIntegrity();
    }

    /// <summary>Closes without committing; searchers on loan stay valid.</summary>
    public void Dispose()
    {
        try
        {
            _searchers.Dispose();
        }
        finally
        {
            Abandon(_writer, _directory);
        }
    }

    private static void Abandon(IndexWriter? writer, LuceneDirectory directory)
    {
        try
        {
            writer?.Rollback();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The index is opened from its last commit next time, whatever state the writer was in.
        }
        finally
        {
            directory.Dispose();
        }
    }

    private static IndexWriterConfig ConfigurationOf(OpenMode mode, Action<Exception> mergeFailed) =>
        new(LuceneVersion.LUCENE_48, new PaperAnalyzer())
        {
            OpenMode = mode,
            RAMBufferSizeMB = MegabytesInMemory,
            Similarity = new PaperSimilarity(),
            MergeScheduler = new WatchedMergeScheduler(mergeFailed),
        };

    private static SegmentInfos LastCommitOf(LuceneDirectory directory)
    {
        var infos = new SegmentInfos();
        infos.Read(directory);
        return infos;
    }

    private static Dictionary<string, string> EntriesOf(ContentVersion version, string build) => new()
    {
        [LineageEntry] = version.Lineage,
        [NumberEntry] = version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        [FormatEntry] = Format,
        [BuildEntry] = build,
    };

    private static ContentVersion VersionIn(IDictionary<string, string> entries) =>
        entries.TryGetValue(LineageEntry, out var lineage)
        && entries.TryGetValue(NumberEntry, out var text)
        && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new ContentVersion(lineage, number)
            : new ContentVersion("", 0);

    private sealed class Searchers : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new(reader) { Similarity = new PaperSimilarity() };
    }
}
