using System.Buffers.Binary;
using System.IO.Compression;

namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// Decompresses a gzip file and demands that it is all there. .NET's own stream takes a file that was cut off for one that ends, so that half a download would be
/// read as a smaller data set.
/// </summary>
/// <param name="file">The file, from its start; closed with this stream.</param>
internal sealed class WholeGzipStream(FileStream file) : Stream
{
    private readonly GZipStream _gzip = new(file, CompressionMode.Decompress);
    private ulong _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = _gzip.Read(buffer);
        _read += (ulong)count;
        if (count == 0 && buffer.Length > 0)
            RequireEnd();
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();
        base.Dispose(disposing);
    }

    // A gzip file's last four bytes are the length of what it holds, modulo 2³² (RFC 1952).
    private void RequireEnd()
    {
        Span<byte> length = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - length.Length);
        file.ReadExactly(length[..(int)Math.Min(length.Length, file.Length)]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)_read)
            throw new InvalidDataException("They end early, or are several gzip files in a row (then give the decompressed file).");
    }
}
