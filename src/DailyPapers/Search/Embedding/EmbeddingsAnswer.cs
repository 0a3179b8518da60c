using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DailyPapers.Search.Embedding;

/// <summary>Reads what <c>/embeddings</c> answers.</summary>
internal static class EmbeddingsAnswer
{
    /// <summary>The vectors of <paramref name="count"/> texts, in the texts' order.</summary>
    /// <exception cref="FormatException">The answer has another form; the message says where.</exception>
    public static float[][] Read(byte[] body, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
                throw new FormatException("it has no array \"data\".");
            if (data.GetArrayLength() != count)
                throw new FormatException($"it has {data.GetArrayLength()} vectors for {count} texts.");
            var vectors = new float[count][];
            var position = 0;
            foreach (var item in data.EnumerateArray())
            {
                var index = IndexOf(item, position++);
                if (index < 0 || index >= count || vectors[index] is not null)
                    throw new FormatException($"\"index\" {index} is given twice or beyond the {count} texts.");
                vectors[index] = VectorOf(item);
            }
            return vectors;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is no JSON ({exception.Message})", exception);
        }
    }

    /// <summary>What the server says went wrong: OpenAI's, Ollama's or vLLM's form, else the text itself.</summary>
    public static string? ErrorOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            if (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
                root = error;
            foreach (var name in new[] { "message", "error", "detail" })
                if (root.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.String)
                    return said.GetString();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int IndexOf(JsonElement item, int position)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new FormatException($"data[{position}] is no object.");
        if (!item.TryGetProperty("index", out var index))
            return position;
        return index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var value) ? value : throw new FormatException($"data[{position}].index is no whole number.");
    }

    private static float[] VectorOf(JsonElement item)
    {
        if (!item.TryGetProperty("embedding", out var embedding))
            throw new FormatException("a vector has no \"embedding\".");
        switch (embedding.ValueKind)
        {
            case JsonValueKind.Array:
                var vector = new float[embedding.GetArrayLength()];
                var i = 0;
                foreach (var number in embedding.EnumerateArray())
                    vector[i++] = number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value) ? value : throw new FormatException($"\"embedding\"[{i - 1}] is no number.");
                return vector;
            case JsonValueKind.String when embedding.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0:
                return FromLittleEndian(bytes);
            default:
                throw new FormatException("\"embedding\" is neither an array of numbers nor the base64 form of floats.");
        }
    }

    private static float[] FromLittleEndian(byte[] bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        if (BitConverter.IsLittleEndian)
            bytes.CopyTo(MemoryMarshal.AsBytes(vector.AsSpan()));
        else
            for (var i = 0; i < vector.Length; i++)
                vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return vector;
    }
}
