using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace DailyPapers.Search.Indexing;

/// <summary>
/// A file in memory that never changes. It stays mapped as long as anything refers to it, so a search that outlives its index
/// reads what it did before; the garbage collector finds out when nothing does.
/// </summary>
internal sealed unsafe class MappedFile
{
    // Unmapped by its handle's finalizer.
    private readonly SafeMemoryMappedViewHandle? _view;

    private MappedFile(string path, SafeMemoryMappedViewHandle? view, byte* start, long length)
    {
        Path = path;
        _view = view;
        Start = start;
        Length = length;
    }

    public string Path { get; }

    public byte* Start { get; }

    public long Length { get; }

    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = stream.Length;
        if (length == 0)
            return new MappedFile(path, null, null, 0);
        using var map = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        // The pointer's own count would keep the view mapped for ever.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        return new MappedFile(path, view.SafeMemoryMappedViewHandle, start, length);
    }
}
