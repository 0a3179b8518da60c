using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// A file of records of one size that only grows, mapped into memory chunk by chunk. A chunk once mapped stays where it is
/// until the file is closed, so readers go on while the writer appends.
/// </summary>
/// <remarks>
/// Records are written through the file and not through the mapping: a full disk is then an exception and not a fault that
/// ends the process.
/// </remarks>
internal sealed unsafe class RecordFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly List<(MemoryMappedFile File, MemoryMappedViewAccessor View)> _views = [];
    private readonly bool _canWrite;
    private readonly long _chunkBytes;

    public RecordFile(string path, int recordBytes, int recordsPerChunk, bool canWrite)
    {
        Path = path;
        RecordBytes = recordBytes;
        _chunkBytes = (long)recordBytes * recordsPerChunk;
        _canWrite = canWrite;
        _file = File.OpenHandle(
            path,
            canWrite ? FileMode.OpenOrCreate : FileMode.Open,
            canWrite ? FileAccess.ReadWrite : FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; }

    public int RecordBytes { get; }

    /// <summary>The chunks mapped so far.</summary>
    public int Chunks => _views.Count;

    /// <summary>Writes whole records.</summary>
    public void Write(int record, ReadOnlySpan<byte> records) => RandomAccess.Write(_file, records, (long)record * RecordBytes);

    /// <summary>Makes what was written durable.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>Maps the next chunk; a writer lengthens the file for it.</summary>
    /// <returns>Where the chunk begins.</returns>
    /// <exception cref="InvalidDataException">The file ends before the chunk does.</exception>
    public byte* MapNextChunk()
    {
        var start = Chunks * _chunkBytes;
        var length = RandomAccess.GetLength(_file);
        if (length < start + _chunkBytes)
        {
            if (!_canWrite)
                throw new InvalidDataException($"'{Path}' has {length:N0} bytes where at least {start + _chunkBytes:N0} were written: it is cut off.");
            length = start + _chunkBytes;
            RandomAccess.SetLength(_file, length);
        }
        var file = MemoryMappedFile.CreateFromFile(_file, mapName: null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = file.CreateViewAccessor(start, _chunkBytes, MemoryMappedFileAccess.Read);
        _views.Add((file, view));
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + view.PointerOffset;
    }

    /// <summary>The file's length in whole chunks is enough for so many records.</summary>
    /// <exception cref="InvalidDataException">It is shorter.</exception>
    public void RequireLength(int chunks)
    {
        var length = RandomAccess.GetLength(_file);
        if (length < chunks * _chunkBytes)
            throw new InvalidDataException($"'{Path}' has {length:N0} bytes where at least {chunks * _chunkBytes:N0} were written: it is cut off.");
    }

    public static ulong Checksum(ReadOnlySpan<byte> records) => XxHash3.HashToUInt64(records);

    public void Dispose()
    {
        foreach (var (file, view) in _views)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        }
        _views.Clear();
        _file.Dispose();
    }
}
