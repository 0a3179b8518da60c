using System.IO.Hashing;
using System.Text;
using DailyPapers.Storage;

namespace DailyPapers.Search.Vectors;

/// <summary>
/// What a committed index consists of. It is replaced as one, so an index is at every moment what some commit made it; what
/// the files hold beyond it was never committed.
/// </summary>
internal sealed record VectorManifest
{
    public const string FileName = "manifest";
    private const string TemporaryFileName = "manifest.new";
    private const uint Magic = 0x31565044;

    // Raise when the files or the encoding change: an index of another format is built anew.
    private const int Format = 3;

    /// <summary>The common part of the names of the files, new with each rewriting.</summary>
    public required string Build { get; init; }

    /// <summary>The embedding model that made the vectors.</summary>
    public required string ModelId { get; init; }

    /// <summary>The vectors' dimensions.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The state of the content that the vectors reflect.</summary>
    public required ContentVersion Version { get; init; }

    /// <summary>The rows written, replaced and deleted ones included.</summary>
    public required int Rows { get; init; }

    /// <summary>The rows replaced or deleted, in their file.</summary>
    public required int Deletions { get; init; }

    /// <summary>See <see cref="VectorEncoding"/>.</summary>
    public required float[] Center { get; init; }

    /// <summary>The vectors that <see cref="Center"/> is the mean of.</summary>
    public required int CenteredOn { get; init; }

    /// <summary>A checksum for each block of each file, in the order of <see cref="VectorFiles.All"/>.</summary>
    public required ulong[][] Checksums { get; init; }

    /// <summary>Reads the manifest of a folder, or returns null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another format.</exception>
    public static VectorManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        byte[] bytes;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        if (bytes.Length < sizeof(ulong) || BitConverter.ToUInt64(bytes.AsSpan(^sizeof(ulong)..)) != XxHash3.HashToUInt64(bytes.AsSpan(..^sizeof(ulong))))
            throw new InvalidDataException($"'{path}' does not have the checksum it was written with.");

        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Format)
            throw new InvalidDataException($"'{path}' has the format of another version.");
        return new VectorManifest
        {
            Build = reader.ReadString(),
            ModelId = reader.ReadString(),
            Dimensions = reader.ReadInt32(),
            Version = new ContentVersion(reader.ReadString(), reader.ReadInt64()),
            Rows = reader.ReadInt32(),
            Deletions = reader.ReadInt32(),
            Center = ReadArray(reader, r => r.ReadSingle()),
            CenteredOn = reader.ReadInt32(),
            Checksums = ReadArray(reader, r => ReadArray(r, x => x.ReadUInt64())),
        };
    }

    /// <summary>Replaces the folder's manifest. All that it names is durable before.</summary>
    public void Write(string folder)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(Build);
            writer.Write(ModelId);
            writer.Write(Dimensions);
            writer.Write(Version.Lineage);
            writer.Write(Version.Number);
            writer.Write(Rows);
            writer.Write(Deletions);
            WriteArray(writer, Center, (w, x) => w.Write(x));
            writer.Write(CenteredOn);
            WriteArray(writer, Checksums, (w, blocks) => WriteArray(w, blocks, (x, block) => x.Write(block)));
        }
        bytes.Write(BitConverter.GetBytes(XxHash3.HashToUInt64(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));

        var temporary = Path.Combine(folder, TemporaryFileName);
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            bytes.WriteTo(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, Path.Combine(folder, FileName), overwrite: true);
    }

    private static T[] ReadArray<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var values = new T[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
            values[i] = read(reader);
        return values;
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values, Action<BinaryWriter, T> write)
    {
        writer.Write(values.Length);
        foreach (var value in values)
            write(writer, value);
    }
}
