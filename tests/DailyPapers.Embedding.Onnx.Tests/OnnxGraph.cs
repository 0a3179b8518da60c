using System.Runtime.InteropServices;

namespace DailyPapers.Embedding.Onnx.Tests;

/// <summary>Builds an ONNX file: nodes in the order they are added. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const int Float = 1;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Float16 = 10;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "tiny");

    public OnnxGraph Input(string name, int type, params IReadOnlyList<object> shape)
    {
        _graph.Message(11, Value(name, type, shape));
        return this;
    }

    public OnnxGraph Output(string name, int type, params IReadOnlyList<object> shape)
    {
        _graph.Message(12, Value(name, type, shape));
        return this;
    }

    public OnnxGraph Constant(string name, float[] values, params IReadOnlyList<long> shape) =>
        Constant(name, Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    public OnnxGraph Constant(string name, long[] values) =>
        Constant(name, Int64, MemoryMarshal.AsBytes(values.AsSpan()), [values.Length]);

    /// <summary>Adds a node; attributes are whole numbers or lists of them.</summary>
    public OnnxGraph Node(string operation, string[] inputs, string output, params IReadOnlyList<(string Name, object Value)> attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(4, operation);
        foreach (var (name, value) in attributes)
        {
            var attribute = new ProtobufWriter().Text(1, name);
            if (value is long[] list)
            {
                foreach (var item in list)
                    attribute.Number(8, item);
                attribute.Number(20, 7);
            }
            else
                attribute.Number(3, Convert.ToInt64(value, null)).Number(20, 2);
            node.Message(5, attribute);
        }
        _graph.Message(1, node);
        return this;
    }

    public byte[] ToFile() => new ProtobufWriter()
        .Number(1, 8)
        .Message(7, _graph)
        .Message(8, new ProtobufWriter().Text(1, "").Number(2, 17))
        .ToArray();

    private OnnxGraph Constant(string name, int type, ReadOnlySpan<byte> bytes, IReadOnlyList<long> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var length in shape)
            tensor.Number(1, length);
        _graph.Message(5, tensor.Number(2, type).Text(8, name).Bytes(9, bytes));
        return this;
    }

    /// <summary>A dimension is a number, or the name of one that differs from run to run.</summary>
    private static ProtobufWriter Value(string name, int type, IReadOnlyList<object> shape)
    {
        var dimensions = new ProtobufWriter();
        foreach (var length in shape)
            dimensions.Message(1, length is string variable ? new ProtobufWriter().Text(2, variable) : new ProtobufWriter().Number(1, Convert.ToInt64(length, null)));
        var tensor = new ProtobufWriter().Number(1, type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
