using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using DailyPapers.Lab.Architectures.Serialization;
using DailyPapers.Lab.Architectures.Transformers;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Architectures.Serialization;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_known_file_is_written_byte_by_byte()
    {
        using var values = tensor(new float[] { 1, -2 });
        SafetensorsFile.Write(_path, new Dictionary<string, Tensor> { ["w"] = values });
        var header = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(padded), 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
        Assert.Equal(expected, File.ReadAllBytes(_path));
    }

    [Fact]
    public void Every_type_and_shape_comes_back_as_it_was()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types = [float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, ScalarType.Bool];
        var tensors = types.ToDictionary(type => type.ToString(), type => randint(0, 2, [2, 3], dtype: float32).to(type));
        tensors["scalar"] = tensor(3.5);
        tensors["empty"] = zeros(0, 4);
        tensors["transposed"] = arange(6).view(2, 3).t();
        tensors["longer than a portion"] = arange(2 * (1 << 20) + 3);
        SafetensorsFile.Write(_path, tensors, new Dictionary<string, string> { ["made"] = "by a test" });

        var read = SafetensorsFile.Read(_path);

        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.shape, read[name].shape);
            Assert.Equal(expected.dtype, read[name].dtype);
            Assert.True(expected.equal(read[name]).all().item<bool>(), name);
        }
        Assert.Equal("by a test", SafetensorsFile.ReadMetadata(_path)["made"]);
    }

    [Fact]
    public void Every_tensor_is_aligned_to_its_element()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(_path, new Dictionary<string, Tensor> { ["a"] = zeros(3, uint8), ["b"] = zeros(3), ["c"] = zeros(1, int64), ["d"] = zeros(3, bfloat16), ["e"] = zeros(1) });
        var file = File.ReadAllBytes(_path);
        var header = JsonNode.Parse(file.AsSpan(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)))!.AsObject();
        Assert.Equal(["c", "b", "e", "d", "a"], header.Select(entry => entry.Key));
        Assert.Equal([0, 8, 20, 24, 30], header.Select(entry => entry.Value!["data_offsets"]![0]!.GetValue<int>()));
    }

    [Fact]
    public void A_module_s_weights_move_to_another_of_the_same_shape()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (VisionTransformer.Plain(new(8, 2, 12, 2, 3, 5)), VisionTransformer.Plain(new(8, 2, 12, 2, 3, 5)));
        var images = randn(2, 1, 8, 8);
        Assert.False(first.call(images).allclose(second.call(images)));
        first.SaveSafetensors(_path);
        second.LoadSafetensors(_path);
        Assert.True(first.call(images).equal(second.call(images)).all().item<bool>());
    }

    [Fact]
    public void Names_are_those_of_the_parts_and_those_of_other_tools_can_be_translated()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (new FeedForward(4, 8), new FeedForward(4, 8));
        first.SaveSafetensors(_path);
        Assert.Equal(["first.bias", "first.weight", "second.bias", "second.weight"], SafetensorsFile.Read(_path).Keys.Order(StringComparer.Ordinal));
        SafetensorsFile.Write(_path, first.state_dict().ToDictionary(entry => entry.Key.Replace("_first", "fc1").Replace("_second", "fc2"), entry => entry.Value));
        second.LoadSafetensors(_path, rename: name => name.Replace("fc1", "first").Replace("fc2", "second"));
        Assert.True(first.Second.weight!.equal(second.Second.weight!).all().item<bool>());
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_and_change_nothing()
    {
        using var scope = NewDisposeScope();
        new FeedForward(4, 8).SaveSafetensors(_path);
        var wider = new FeedForward(4, 9);
        var before = wider.First.weight!.clone();
        var problem = Assert.Throws<InvalidDataException>(() => wider.LoadSafetensors(_path));
        Assert.Contains("first.bias: expected (9), got (8)", problem.Message, StringComparison.Ordinal);
        Assert.True(before.equal(wider.First.weight!).all().item<bool>());

        var norm = TorchSharp.torch.nn.LayerNorm(4);
        Assert.Contains("missing [bias, weight], unknown [first.bias", Assert.Throws<InvalidDataException>(() => norm.LoadSafetensors(_path)).Message, StringComparison.Ordinal);
        norm.LoadSafetensors(_path, strict: false);
    }

    [Theory]
    [InlineData("", "shorter")]
    [InlineData("not json", "not JSON")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "not JSON")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not JSON")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("""{"w":3}""", "makes no sense")]
    [InlineData("""{"w":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "F31")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "makes no sense")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "its shape needs 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "begins at byte 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9000000000,9000000000],"data_offsets":[0,4]}}""", "makes no sense")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "the file holds 8")]
    public void A_damaged_file_is_refused_with_the_reason(string header, string reason)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[text.Length == 0 ? 3 : 8 + text.Length + 8];
        if (text.Length > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
            text.CopyTo(bytes, 8);
        }
        File.WriteAllBytes(_path, bytes);
        var problem = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(_path));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_before_memory_is_taken()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, long.MaxValue);
        File.WriteAllBytes(_path, bytes);
        Assert.Contains("bytes long", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(_path)).Message, StringComparison.Ordinal);
    }
}
