using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.Serialization;

/// <summary>
/// Named tensors in the safetensors format: the length of the header (8 bytes, little-endian), a JSON header with each tensor's
/// type, shape and place, then the raw elements, row-major and little-endian. Reading runs no code from the file.
/// </summary>
public static class SafetensorsFile
{
    private const int LargestHeader = 100_000_000;
    private const string Metadata = "__metadata__";

    // Elements at a time: a span ends at 2 GiB, a tensor doesn't.
    private const long Portion = 1 << 20;

    /// <summary>Writes tensors, those of long elements first and then in the order of their names, to a file beside the target that then takes its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors of any device; none may be a complex or quantised one.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">A tensor's type has no name in the format, or a tensor is named like the metadata.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        // Long elements first, as the format's own writer has it: then every tensor is aligned to its element.
        var ordered = tensors.OrderByDescending(entry => SafetensorsType.Bytes(entry.Value.dtype, entry.Key)).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var file = File.Create(beside))
            {
                Span<byte> length = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var (_, tensor) in ordered)
                    WriteElements(file, tensor);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Reads all tensors of a file to the CPU; the caller disposes of them.</summary>
    /// <exception cref="InvalidDataException">The file is not in the format, or damaged; the message says where.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        var (entries, start) = ReadHeader(file, path);
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var entry in entries)
                tensors.Add(entry.Name, ReadTensor(file, start, entry));
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }

    /// <summary>The free text of a file, empty where it has none.</summary>
    /// <exception cref="InvalidDataException">The file is not in the format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        var header = ParseHeader(file, path).Header;
        return header[Metadata] is JsonObject free
            ? free.ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? "")
            : new Dictionary<string, string>();
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = new JsonObject();
        if (metadata is { Count: > 0 })
            header[Metadata] = new JsonObject(metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        long end = 0;
        foreach (var (name, tensor) in tensors)
        {
            if (name == Metadata)
                throw new ArgumentException($"A tensor can't be named '{Metadata}'.", nameof(tensors));
            var begin = end;
            end += SafetensorsType.Bytes(tensor.dtype, name) * tensor.numel();
            header[name] = new JsonObject
            {
                ["dtype"] = SafetensorsType.Name(tensor.dtype, name),
                ["shape"] = new JsonArray([.. tensor.shape.Select(axis => (JsonNode?)axis)]),
                ["data_offsets"] = new JsonArray(begin, end),
            };
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        // Readers that map the file want the elements aligned to 8 bytes; spaces may follow the JSON.
        var padded = new byte[(text.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        return padded;
    }

    private static void WriteElements(FileStream file, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        foreach (var portion in Portions(tensor.detach().cpu().contiguous()))
            file.Write(portion.bytes);
    }

    private static IEnumerable<Tensor> Portions(Tensor tensor)
    {
        using var flat = tensor.view(-1);
        for (long from = 0; from < tensor.numel(); from += Portion)
        {
            using var portion = flat.narrow(0, from, Math.Min(Portion, tensor.numel() - from));
            yield return portion;
        }
    }

    private static (List<Entry> Entries, long Start) ReadHeader(FileStream file, string path)
    {
        var (header, start) = ParseHeader(file, path);
        var entries = new List<Entry>();
        foreach (var (name, node) in header)
        {
            if (name != Metadata)
                entries.Add(ReadEntry(name, node, path));
        }
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
                throw Damaged(path, $"'{entry.Name}' begins at byte {entry.Begin} instead of {end}");
            end = entry.End;
        }
        return file.Length - start == end
            ? (entries, start)
            : throw Damaged(path, $"its header describes {end} bytes of elements, the file holds {file.Length - start}");
    }

    private static (JsonObject Header, long Start) ParseHeader(FileStream file, string path)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (file.Length < length.Length)
            throw Damaged(path, "it is shorter than the length of a header");
        file.ReadExactly(length);
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > LargestHeader || size > file.Length - length.Length)
            throw Damaged(path, $"its header would be {size} bytes long");
        var text = new byte[size];
        file.ReadExactly(text);
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject header
                ? (header, length.Length + size)
                : throw Damaged(path, "its header is not a JSON object");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw Damaged(path, $"its header is not JSON ({problem.Message})");
        }
    }

    private static Entry ReadEntry(string name, JsonNode? node, string path)
    {
        try
        {
            var fields = node!.AsObject();
            var type = SafetensorsType.Parse(fields["dtype"]!.GetValue<string>());
            long[] shape = [.. fields["shape"]!.AsArray().Select(axis => axis!.GetValue<long>())];
            long[] offsets = [.. fields["data_offsets"]!.AsArray().Select(offset => offset!.GetValue<long>())];
            if (offsets.Length != 2 || shape.Any(axis => axis < 0))
                throw Damaged(path, $"shape or place of '{name}' makes no sense");
            var bytes = shape.Aggregate(SafetensorsType.Bytes(type, name), (product, axis) => checked(product * axis));
            return offsets[1] - offsets[0] == bytes && offsets[0] >= 0
                ? new Entry(name, type, shape, offsets[0], offsets[1])
                : throw Damaged(path, $"'{name}' has {offsets[1] - offsets[0]} bytes, its shape needs {bytes}");
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or NullReferenceException or OverflowException or NotSupportedException)
        {
            throw Damaged(path, $"the entry of '{name}' makes no sense ({problem.Message})");
        }
    }

    private static Tensor ReadTensor(FileStream file, long start, Entry entry)
    {
        var tensor = empty(entry.Shape, entry.Type);
        try
        {
            file.Position = start + entry.Begin;
            foreach (var portion in Portions(tensor))
                file.ReadExactly(portion.bytes);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private static InvalidDataException Damaged(string path, string reason) => new($"'{path}' is not a safetensors file: {reason}.");

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
