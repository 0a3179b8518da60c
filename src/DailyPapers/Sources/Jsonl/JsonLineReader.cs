using System.IO.Compression;

namespace DailyPapers.Sources.Jsonl;

/// <summary>Splits a file, gzipped or not, into lines, holding no more than one line of the permitted length in memory.</summary>
internal sealed class JsonLineReader : IDisposable
{
    private const int ExcerptBytes = 1_024;
    private const int HighestRatio = 200;
    private const long FreeBytes = 64L * 1024 * 1024;

    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly int _longest;
    private readonly string _path;
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _length;
    private long _position;
    private long _line;
    private bool _atEnd;

    /// <summary>Opens the file behind line <paramref name="line"/>, which ends at byte <paramref name="position"/> of the content.</summary>
    /// <exception cref="SourceException">The file cannot be read, or is not UTF-8.</exception>
    public JsonLineReader(string path, int longest, long line = 0, long position = 0)
    {
        _path = path;
        _longest = longest;
        _line = line;
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
        try
        {
            IsCompressed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
            _file.Position = 0;
            _content = IsCompressed ? new GZipStream(_file, CompressionMode.Decompress) : _file;
            if (position == 0)
                SkipByteOrderMark();
            else
                SkipTo(position);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public bool IsCompressed { get; }

    public long FileLength => _file.Length;

    /// <summary>Reads the next line; false at the end.</summary>
    /// <exception cref="SourceException">The file cannot be read on.</exception>
    public bool TryRead(out JsonLine line)
    {
        var scanned = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + scanned, _length - scanned).IndexOf((byte)'\n');
            if (found >= 0)
                return Take(scanned + found, 1, out line);
            scanned = _length;
            if (_length > _longest)
                return TakeTooLong(out line);
            if (_atEnd)
            {
                line = default;
                return _length > 0 && Take(_length, 0, out line);
            }
            Fill();
        }
    }

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private bool Take(int length, int terminator, out JsonLine line)
    {
        var bytes = _buffer.AsMemory(_start, length);
        _start += length + terminator;
        _length -= length + terminator;
        _position += length + terminator;
        if (bytes.Span is [.., (byte)'\r'])
            bytes = bytes[..^1];
        var isTooLong = bytes.Length > _longest;
        line = new JsonLine(++_line, isTooLong ? bytes[..Math.Min(bytes.Length, ExcerptBytes)] : bytes, isTooLong, _position, _file.Position);
        return true;
    }

    /// <summary>Keeps the line's beginning for the report and reads over the rest.</summary>
    private bool TakeTooLong(out JsonLine line)
    {
        var excerpt = _buffer.AsSpan(_start, Math.Min(_length, ExcerptBytes)).ToArray();
        while (true)
        {
            var found = _buffer.AsSpan(_start, _length).IndexOf((byte)'\n');
            var dropped = found >= 0 ? found + 1 : _length;
            _start += dropped;
            _length -= dropped;
            _position += dropped;
            if (found >= 0 || (_length == 0 && _atEnd))
                break;
            Fill();
        }
        line = new JsonLine(++_line, excerpt, true, _position, _file.Position);
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _length).CopyTo(_buffer);
            _start = 0;
        }
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = Read(_buffer.AsSpan(_length));
        _length += read;
        _atEnd = read == 0;
        if (IsCompressed && _position + _length > FreeBytes && (_position + _length) / HighestRatio > _file.Length)
            throw new SourceException(JsonlImport.Name, $"'{_path}' expands to more than {HighestRatio} times its size.", "Decompress it yourself if it is what it should be.");
    }

    private int Read(Span<byte> target)
    {
        try
        {
            return _content.Read(target);
        }
        catch (InvalidDataException exception)
        {
            throw new SourceException(JsonlImport.Name, $"the compression of '{_path}' is damaged after line {_line:N0}; the lines before are imported. {exception.Message}", "Get the file again; importing goes on behind the last good line.", exception);
        }
        catch (IOException exception)
        {
            throw Unreadable(exception);
        }
    }

    private void SkipByteOrderMark()
    {
        while (_length < 3 && !_atEnd)
            Fill();
        var head = _buffer.AsSpan(_start, _length);
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new SourceException(JsonlImport.Name, $"'{_path}' is UTF-16.", "Convert it to UTF-8 first.");
        if (head is not [0xEF, 0xBB, 0xBF, ..])
            return;
        _start += 3;
        _length -= 3;
        _position += 3;
    }

    private void SkipTo(long position)
    {
        _position = position;
        if (!IsCompressed)
        {
            _file.Position = position;
            return;
        }
        for (var rest = position; rest > 0;)
        {
            var read = Read(_buffer.AsSpan(0, (int)Math.Min(rest, _buffer.Length)));
            if (read == 0)
                throw new SourceException(JsonlImport.Name, $"'{_path}' is shorter than when it was begun.", "Import it again.");
            rest -= read;
        }
    }

    private SourceException Unreadable(Exception exception) =>
        new(JsonlImport.Name, $"'{_path}' cannot be read: {exception.Message}", "Check the path and the permissions.", exception);
}
