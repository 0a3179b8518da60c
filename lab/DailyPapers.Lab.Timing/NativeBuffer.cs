using System.Runtime.InteropServices;

namespace DailyPapers.Lab.Timing;

/// <summary>Memory outside the garbage collector, aligned to a page and touched, so that no page fault falls into a timing.</summary>
public sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint Page = 4096;
    private T* _start;

    /// <summary>Allocates <paramref name="length"/> elements and fills them with <paramref name="value"/>.</summary>
    /// <exception cref="OutOfMemoryException">The system has too little memory.</exception>
    public NativeBuffer(int length, T value = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _start = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * (nuint)sizeof(T), Page);
        Span.Fill(value);
    }

    /// <summary>Count of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return new(_start, Length);
        }
    }

    /// <summary>Frees the memory. Spans taken before must not be used any more.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
