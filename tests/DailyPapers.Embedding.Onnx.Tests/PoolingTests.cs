namespace DailyPapers.Embedding.Onnx.Tests;

public class PoolingTests
{
    // Texts of different lengths go through the network together: padding must not show.
    private static readonly (string Text, string[] Tokens)[] _texts =
    [
        ("deep", ["deep"]),
        ("deep learning of networks", ["deep", "learn", "##ing", "of", "net", "##work", "##s"]),
        ("a net.", ["a", "net", "."]),
    ];

    [Theory]
    [InlineData("cls_token")]
    [InlineData("max_tokens")]
    [InlineData("mean_tokens")]
    [InlineData("mean_sqrt_len_tokens")]
    [InlineData("weightedmean_tokens")]
    [InlineData("lasttoken")]
    public async Task Tokens_are_pooled_as_the_folder_says(string mode)
    {
        using var bert = new TinyBert();
        bert.WritePooling(mode);
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Assert.Equal(TinyBert.Width, encoder.Dimensions);
        var vectors = await encoder.EncodeAsync([.. _texts.Select(text => text.Text)]);
        for (var i = 0; i < _texts.Length; i++)
            Near.Equal(Expected(bert, _texts[i].Tokens, mode), vectors[i]);
    }

    [Fact]
    public async Task Several_poolings_stand_one_after_the_other()
    {
        using var bert = new TinyBert();
        bert.WritePooling("mean_tokens", "cls_token");
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Assert.Equal(2 * TinyBert.Width, encoder.Dimensions);
        var vector = Assert.Single(await encoder.EncodeAsync("a net"));
        Near.Equal([.. Expected(bert, ["a", "net"], "cls_token"), .. Expected(bert, ["a", "net"], "mean_tokens")], vector);
    }

    [Theory]
    [InlineData("\"cls\"", "cls_token")]
    [InlineData("[\"lasttoken\"]", "lasttoken")]
    public async Task The_pooling_may_be_named(string named, string mode)
    {
        using var bert = new TinyBert();
        bert.Write("1_Pooling/config.json", $$"""{"embedding_dimension":6,"pooling_mode":{{named}}}""");
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Near.Equal(Expected(bert, ["a", "net"], mode), Assert.Single(await encoder.EncodeAsync("a net")));
    }

    [Fact]
    public async Task Without_a_word_about_it_the_mean_is_taken()
    {
        using var bert = new TinyBert();
        Directory.Delete(bert.PathOf("1_Pooling"), recursive: true);
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Near.Equal(bert.Mean("a", "net"), Assert.Single(await encoder.EncodeAsync("a net")));
    }

    [Fact]
    public async Task The_pooling_lies_where_the_modules_say()
    {
        using var bert = new TinyBert();
        bert.Write("modules.json", """
            [{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},
             {"idx":1,"name":"1","path":"2_Pooling","type":"sentence_transformers.models.Pooling"},
             {"idx":2,"name":"2","path":"3_Normalize","type":"sentence_transformers.models.Normalize"}]
            """);
        bert.Write("2_Pooling/config.json", """{"word_embedding_dimension":6,"pooling_mode_cls_token":true}""");
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Near.Equal(Expected(bert, ["a", "net"], "cls_token"), Assert.Single(await encoder.EncodeAsync("a net")));
    }

    [Fact]
    public async Task A_graph_that_pools_itself_is_believed()
    {
        using var bert = new TinyBert();
        bert.Write("model.onnx", bert.Graph(output: "sentence_embedding").ToFile());
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        var vectors = await encoder.EncodeAsync([.. _texts.Select(text => text.Text)]);
        for (var i = 0; i < _texts.Length; i++)
            Near.Equal([.. bert.Mean(_texts[i].Tokens).Select(x => x * (_texts[i].Tokens.Length + 2))], vectors[i]);
    }

    private static double[] Expected(TinyBert bert, string[] tokens, string mode)
    {
        var hidden = bert.Hidden(["[CLS]", .. tokens, "[SEP]"]);
        return [.. Enumerable.Range(0, TinyBert.Width).Select(d => mode switch
        {
            "cls_token" => hidden[0][d],
            "max_tokens" => hidden.Max(row => row[d]),
            "mean_tokens" => hidden.Sum(row => row[d]) / hidden.Length,
            "mean_sqrt_len_tokens" => hidden.Sum(row => row[d]) / Math.Sqrt(hidden.Length),
            "weightedmean_tokens" => hidden.Select((row, t) => row[d] * (t + 1)).Sum() / Enumerable.Range(1, hidden.Length).Sum(),
            "lasttoken" => hidden[^1][d],
            _ => throw new ArgumentException(mode, nameof(mode)),
        })];
    }
}
