namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>A line of a text file with its place, for errors that say where.</summary>
internal readonly record struct TextLine(string File, int Number, string Text)
{
    /// <summary>The lines of a file, plain or gzip-compressed (told by its first bytes), one at a time; empty lines at its end are left out.</summary>
    /// <exception cref="InvalidDataException">The file is empty, binary, or a gzip file that is damaged or ends early.</exception>
    public static IEnumerable<TextLine> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path);
        using var file = System.IO.File.OpenRead(path);
        var compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using var reader = new StreamReader(compressed ? new WholeGzipStream(file) : file);
        var number = 0;
        var empty = 0;
        while (Next(reader, name, number + 1) is { } text)
        {
            number++;
            if (text.Length == 0)
            {
                empty++;
                continue;
            }
            if (empty > 0)
                throw new TextLine(name, number - empty, "").Error("expected a record, got an empty line");
            if (text.Contains('\0', StringComparison.Ordinal))
                throw new TextLine(name, number, "").Error("expected text, got binary data; if this is an archive (zip, tar), extract the file in it first");
            yield return new(name, number, text);
        }
        if (number == empty)
            throw new InvalidDataException($"{name}: the file is empty; was it downloaded to its end?");
    }

    /// <summary>An error at this line, and at a field of it.</summary>
    public InvalidDataException Error(string message, string? field = null) =>
        new(field is null ? $"{File}, line {Number}: {message}" : $"{File}, line {Number}, field '{field}': {message}");

    /// <summary>Demands that this, the last line, is not the header.</summary>
    public void RequireRecordsAfterHeader()
    {
        if (Number == 1)
            throw Error("expected records after the header, got the end of the file; was it downloaded to its end?");
    }

    /// <summary>A label that is written 0 or 1, −1 or 1, or as such a number with decimals.</summary>
    public bool Label(string text, string field) => text switch
    {
        "1" or "1.0" or "+1" => true,
        "0" or "0.0" or "-1" or "-1.0" => false,
        _ => throw Error($"expected a label 0, 1 or -1, got '{text}'", field),
    };

    private static string? Next(StreamReader reader, string name, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}, line {number}: the gzip data are damaged: {exception.Message} Download the file again.", exception);
        }
    }
}
