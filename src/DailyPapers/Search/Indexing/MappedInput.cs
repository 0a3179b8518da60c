using System.Buffers.Binary;
using Lucene.Net.Store;

namespace DailyPapers.Search.Indexing;

/// <summary>A cursor over a part of a mapped file; a clone is a cursor of its own over the same memory.</summary>
internal sealed unsafe class MappedInput : IndexInput
{
    private readonly MappedFile _file;
    private readonly byte* _start;
    private readonly byte* _end;
    private byte* _next;

    public MappedInput(MappedFile file) : this(file, "whole", 0, file.Length)
    {
    }

    public MappedInput(MappedFile file, string part, long offset, long length) : base($"{file.Path} ({part})")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (offset + length > file.Length)
            throw new EndOfStreamException($"'{file.Path}' has {file.Length:N0} bytes where {offset + length:N0} are expected: it is cut off.");
        _file = file;
        _start = _next = file.Start + offset;
        _end = _start + length;
    }

    public override long Length => _end - _start;

    public override long Position => _next - _start;

    public override void Seek(long pos)
    {
        if ((ulong)pos > (ulong)Length)
            throw PastEnd();
        _next = _start + pos;
    }

    public override byte ReadByte()
    {
        if (_next >= _end)
            throw PastEnd();
        var value = *_next++;
        GC.KeepAlive(_file);
        return value;
    }

    public override void ReadBytes(byte[] b, int offset, int len)
    {
        new ReadOnlySpan<byte>(Take(len), len).CopyTo(b.AsSpan(offset, len));
        GC.KeepAlive(_file);
    }

    public override short ReadInt16()
    {
        var value = BinaryPrimitives.ReadInt16BigEndian(new ReadOnlySpan<byte>(Take(sizeof(short)), sizeof(short)));
        GC.KeepAlive(_file);
        return value;
    }

    public override int ReadInt32()
    {
        var value = BinaryPrimitives.ReadInt32BigEndian(new ReadOnlySpan<byte>(Take(sizeof(int)), sizeof(int)));
        GC.KeepAlive(_file);
        return value;
    }

    public override long ReadInt64()
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(new ReadOnlySpan<byte>(Take(sizeof(long)), sizeof(long)));
        GC.KeepAlive(_file);
        return value;
    }

    // Seven bits a byte, the lowest first; the highest bit says that another follows.
    public override int ReadVInt32()
    {
        var value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = ReadByte();
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException($"A number in {this} is too long: the file is damaged.");
    }

    public override long ReadVInt64()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = ReadByte();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException($"A number in {this} is too long: the file is damaged.");
    }

    protected override void Dispose(bool disposing)
    {
    }

    private byte* Take(int count)
    {
        if (count > _end - _next)
            throw PastEnd();
        var taken = _next;
        _next += count;
        return taken;
    }

    private EndOfStreamException PastEnd() => new($"Read past the end of {this}: the file is cut off or damaged.");
}
