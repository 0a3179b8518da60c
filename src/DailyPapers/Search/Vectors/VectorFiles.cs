using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// The mapped files of one build of an index. They stay mapped until the index and every snapshot have let go of them.
/// </summary>
internal sealed unsafe class VectorFiles
{
    private readonly RecordFile _codes;
    private readonly RecordFile _vectors;
    private readonly RecordFile _lastBits;
    private readonly RecordFile _scales;
    private readonly RecordFile _paperIds;
    private readonly RecordFile _textHashes;
    private readonly RecordFile _deletions;
    private readonly List<nint> _textHashChunks = [];
    private readonly List<nint> _deletionChunks = [];
    private readonly UseCount _uses = new();

    private static readonly string[] Extensions = ["codes", "vectors", "bits", "scales", "papers", "texts", "deletions"];

    private VectorFiles(string folder, string build, VectorEncoding encoding, bool canWrite)
    {
        Build = build;
        Encoding = encoding;
        var shape = encoding.Shape;
        var opened = new List<RecordFile>();
        try
        {
            _codes = Open("codes", shape.GroupBytes, VectorShape.RowsPerChunk / VectorShape.RowsPerGroup);
            _vectors = Open("vectors", shape.Stride, VectorShape.RowsPerChunk);
            _lastBits = Open("bits", shape.CodeBytes, VectorShape.RowsPerChunk);
            _scales = Open("scales", sizeof(float), VectorShape.RowsPerChunk);
            _paperIds = Open("papers", sizeof(long), VectorShape.RowsPerChunk);
            _textHashes = Open("texts", sizeof(ulong), VectorShape.RowsPerChunk);
            _deletions = Open("deletions", sizeof(int), VectorShape.RowsPerChunk);
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }

        RecordFile Open(string extension, int recordBytes, int recordsPerChunk)
        {
            var file = new RecordFile(PathOf(folder, build, extension), recordBytes, recordsPerChunk, canWrite);
            opened.Add(file);
            return file;
        }
    }

    public string Build { get; }

    public VectorEncoding Encoding { get; }

    public VectorShape Shape => Encoding.Shape;

    /// <summary>The rows mapped so far; a larger array takes its place when they become more.</summary>
    public VectorChunk[] Chunks { get; private set; } = [];

    private IEnumerable<RecordFile> All => [_codes, _vectors, _lastBits, _scales, _paperIds, _textHashes, _deletions];

    /// <summary>Starts the empty files of a new build.</summary>
    public static VectorFiles Create(string folder, string build, VectorEncoding encoding) => new(folder, build, encoding, canWrite: true);

    /// <summary>Maps the files that a manifest names.</summary>
    /// <exception cref="InvalidDataException">They do not hold what the manifest says.</exception>
    /// <exception cref="FileNotFoundException">They are gone.</exception>
    public static VectorFiles Open(string folder, VectorManifest manifest, bool canWrite)
    {
        var shape = new VectorShape(manifest.Dimensions);
        foreach (var path in Extensions.Select(extension => PathOf(folder, manifest.Build, extension)))
        {
            // Opening to write would make the file.
            if (!File.Exists(path))
                throw new FileNotFoundException($"'{path}' is missing.", path);
        }
        var files = new VectorFiles(folder, manifest.Build, new VectorEncoding(shape, manifest.Center), canWrite);
        try
        {
            files.RequireLengths(manifest);
            files.Reserve(manifest.Rows, manifest.Deletions);
            return files;
        }
        catch
        {
            files.Release();
            throw;
        }
    }

    /// <summary>Compares every block from the given ones on with its checksum in a manifest.</summary>
    /// <exception cref="InvalidDataException">A block differs.</exception>
    public void Verify(VectorManifest manifest, int fromRow, int fromDeletion)
    {
        var index = 0;
        foreach (var file in All)
        {
            var (from, count) = file == _deletions ? (fromDeletion, manifest.Deletions) : (fromRow, manifest.Rows);
            var expected = manifest.Checksums[index++];
            for (var block = from / VectorShape.RowsPerBlock; block * VectorShape.RowsPerBlock < count; block++)
            {
                if (Checksum(file, block, count) != expected[block])
                    throw new InvalidDataException($"'{file.Path}' does not have the checksum it was written with (block {block}).");
            }
        }
    }

    /// <summary>The checksums of every block, taking those of the blocks that were full before from a former result.</summary>
    public ulong[][] Checksums(ulong[][] former, int formerRows, int formerDeletions, int rows, int deletions) =>
        [.. All.Select((file, index) => file == _deletions
            ? Checksums(file, former[index], formerDeletions, deletions)
            : Checksums(file, former[index], formerRows, rows))];

    /// <summary>Maps room for so many rows and deletions.</summary>
    public void Reserve(int rows, int deletions)
    {
        var chunks = Chunks.ToList();
        while (chunks.Count < VectorShape.ChunksFor(rows))
        {
            chunks.Add(new VectorChunk(
                _codes.MapNextChunk(), (sbyte*)_vectors.MapNextChunk(), _lastBits.MapNextChunk(), (float*)_scales.MapNextChunk(), (long*)_paperIds.MapNextChunk()));
        }
        if (chunks.Count > Chunks.Length)
            Chunks = [.. chunks];
        while (_textHashChunks.Count < Chunks.Length)
            _textHashChunks.Add((nint)_textHashes.MapNextChunk());
        while (_deletionChunks.Count < VectorShape.ChunksFor(deletions))
            _deletionChunks.Add((nint)_deletions.MapNextChunk());
    }

    /// <summary>Writes encoded rows from <paramref name="row"/> on; there is room for them.</summary>
    public void Write(int row, EncodedRows rows)
    {
        _vectors.Write(row, rows.Vectors);
        _lastBits.Write(row, rows.LastBits);
        _scales.Write(row, rows.Scales);
        _paperIds.Write(row, rows.PaperIds);
        _textHashes.Write(row, rows.TextHashes);
        WriteCodes(row, rows);
    }

    /// <summary>Records that rows are replaced or deleted; there is room for them.</summary>
    public void WriteDeletions(int position, ReadOnlySpan<int> rows) =>
        _deletions.Write(position, MemoryMarshal.AsBytes(rows));

    /// <summary>What identifies the text that a row's vector was made of. Only the writer may ask.</summary>
    public ulong TextHash(int row) =>
        ((ulong*)_textHashChunks[row / VectorShape.RowsPerChunk])[row % VectorShape.RowsPerChunk];

    public int Deletion(int position) =>
        ((int*)_deletionChunks[position / VectorShape.RowsPerChunk])[position % VectorShape.RowsPerChunk];

    /// <summary>Makes what was written durable.</summary>
    public void Flush()
    {
        foreach (var file in All)
            file.Flush();
    }

    /// <summary>Keeps the files mapped until <see cref="Release"/>; false when they no longer are.</summary>
    public bool TryUse() => _uses.TryAdd();

    /// <summary>Lets go of the files; the last one to do so unmaps them.</summary>
    public void Release()
    {
        if (_uses.Remove())
        {
            foreach (var file in All)
                file.Dispose();
        }
    }

    private static string PathOf(string folder, string build, string extension) => Path.Combine(folder, $"{build}.{extension}");

    private void RequireLengths(VectorManifest manifest)
    {
        foreach (var file in All)
            file.RequireLength(VectorShape.ChunksFor(file == _deletions ? manifest.Deletions : manifest.Rows));
    }

    // The rows that were in the first group before are written with it, unchanged: searches may be reading them.
    private void WriteCodes(int row, EncodedRows rows)
    {
        var codeBytes = Shape.CodeBytes;
        var firstGroup = row / VectorShape.RowsPerGroup;
        var groups = VectorShape.GroupsFor(row + rows.Count) - firstGroup;
        var interleaved = new byte[groups * Shape.GroupBytes];
        if (row % VectorShape.RowsPerGroup != 0)
            GroupAt(firstGroup).CopyTo(interleaved);
        for (var i = 0; i < rows.Count; i++)
        {
            var (group, inGroup) = Math.DivRem(row + i - (firstGroup * VectorShape.RowsPerGroup), VectorShape.RowsPerGroup);
            var code = rows.CodeOf(i);
            var position = (group * Shape.GroupBytes) + CodeKernel.PositionOf(inGroup);
            for (var j = 0; j < codeBytes; j++)
                interleaved[position + (j * VectorShape.RowsPerGroup)] = code[j];
        }
        _codes.Write(firstGroup, interleaved);
    }

    private ReadOnlySpan<byte> GroupAt(int group)
    {
        var (chunk, inChunk) = Math.DivRem(group, VectorShape.RowsPerChunk / VectorShape.RowsPerGroup);
        return new ReadOnlySpan<byte>(Chunks[chunk].Codes + ((long)inChunk * Shape.GroupBytes), Shape.GroupBytes);
    }

    private ulong[] Checksums(RecordFile file, ulong[] former, int formerCount, int count)
    {
        var unchanged = formerCount / VectorShape.RowsPerBlock;
        var blocks = new ulong[(count + VectorShape.RowsPerBlock - 1) / VectorShape.RowsPerBlock];
        former.AsSpan(0, unchanged).CopyTo(blocks);
        for (var block = unchanged; block < blocks.Length; block++)
            blocks[block] = Checksum(file, block, count);
        return blocks;
    }

    private ulong Checksum(RecordFile file, int block, int count)
    {
        var first = block * VectorShape.RowsPerBlock;
        var rows = Math.Min(VectorShape.RowsPerBlock, count - first);
        var (chunk, inChunk) = Math.DivRem(first, VectorShape.RowsPerChunk);
        if (file == _codes)
            return CodesChecksum(first / VectorShape.RowsPerGroup, rows);
        var start = file == _deletions ? (byte*)_deletionChunks[chunk]
            : file == _vectors ? (byte*)Chunks[chunk].Vectors
            : file == _lastBits ? Chunks[chunk].LastBits
            : file == _scales ? (byte*)Chunks[chunk].Scales
            : file == _textHashes ? (byte*)_textHashChunks[chunk]
            : (byte*)Chunks[chunk].PaperIds;
        return XxHash3.HashToUInt64(new ReadOnlySpan<byte>(start + ((long)inChunk * file.RecordBytes), rows * file.RecordBytes));
    }

    // The last group may hold rows that came after the commit, or their remains: they are left out.
    private ulong CodesChecksum(int firstGroup, int rows)
    {
        var hash = new XxHash3();
        var (whole, rest) = Math.DivRem(rows, VectorShape.RowsPerGroup);
        for (var group = firstGroup; group < firstGroup + whole; group++)
            hash.Append(GroupAt(group));
        if (rest > 0)
        {
            var last = GroupAt(firstGroup + whole).ToArray();
            for (var row = rest; row < VectorShape.RowsPerGroup; row++)
            {
                for (var i = CodeKernel.PositionOf(row); i < last.Length; i += VectorShape.RowsPerGroup)
                    last[i] = 0;
            }
            hash.Append(last);
        }
        return hash.GetCurrentHashAsUInt64();
    }
}
