using CsCheck;
using Microsoft.Extensions.AI;

namespace DailyPapers.Embedding.Onnx.Tests;

public class EncodingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_batch_of_any_texts_gives_what_each_alone_gives()
    {
        using var bert = new TinyBert();
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder, new() { BatchSize = 4 });
        string[] words = [.. TinyBert.Words, "networks", "learning", "unheard", "日本", " ", "\n"];
        var text = Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 90].Select(chosen => string.Join(' ', chosen));
        text.Array[1, 12].Sample(
            texts =>
            {
                var together = encoder.EncodeAsync(texts).GetAwaiter().GetResult();
                for (var i = 0; i < texts.Length; i++)
                    Near.Equal(encoder.EncodeAsync(texts[i]).GetAwaiter().GetResult()[0], together[i]);
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public async Task Many_callers_at_once_do_not_mix()
    {
        using var bert = new TinyBert();
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        string[] words = ["deep", "net", "a", "of"];
        var vectors = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => encoder.EncodeAsync(words[i % words.Length])));
        for (var i = 0; i < vectors.Length; i++)
            Near.Equal(bert.Mean(words[i % words.Length]), vectors[i][0]);
    }

    [Theory]
    [InlineData(null, 64)]
    [InlineData(16, 16)]
    [InlineData(9, 9)]
    public async Task Texts_are_read_up_to_the_most_tokens_and_end_in_the_separator(int? configured, int most)
    {
        using var bert = new TinyBert();
        bert.Write("tokenizer_config.json", """{"model_max_length":1000000000000000019884624838656}""");
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder, new() { MaxTokens = configured });
        Assert.Equal(most, encoder.MaxTokens);
        var text = string.Join(' ', Enumerable.Repeat("deep net", 200));
        var kept = Enumerable.Range(0, most - 2).Select(i => i % 2 == 0 ? "deep" : "net");
        Near.Equal(bert.Mean([.. kept]), Assert.Single(await encoder.EncodeAsync(text)));
    }

    [Fact]
    public void The_smallest_of_all_limits_holds()
    {
        using var bert = new TinyBert();
        bert.Write("sentence_bert_config.json", """{"max_seq_length":32,"do_lower_case":false}""");
        bert.Write("tokenizer_config.json", """{"model_max_length":48}""");
        using (var encoder = OnnxSentenceEncoder.Open(bert.Folder))
            Assert.Equal(32, encoder.MaxTokens);
        File.Delete(bert.PathOf("sentence_bert_config.json"));
        using (var encoder = OnnxSentenceEncoder.Open(bert.Folder, new() { MaxTokens = 100 }))
            Assert.Equal(48, encoder.MaxTokens);
    }

    [Theory]
    [InlineData(OnnxGraph.Int32, true, null, null, OnnxGraph.Float)]
    [InlineData(OnnxGraph.Int64, false, null, null, OnnxGraph.Float)]
    [InlineData(OnnxGraph.Int64, true, null, null, OnnxGraph.Float16)]
    [InlineData(OnnxGraph.Int64, true, 1, null, OnnxGraph.Float)]
    [InlineData(OnnxGraph.Int64, true, 4, 16, OnnxGraph.Float)]
    public async Task Graphs_come_in_several_forms(int inputType, bool types, int? batch, int? length, int outputType)
    {
        using var bert = new TinyBert();
        bert.Write("model.onnx", bert.Graph(inputType, types, batch, length, outputType: outputType).ToFile());
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        var vectors = await encoder.EncodeAsync("deep", "deep net", "a deep net of nets", "of", "a", "net");
        var tolerance = outputType == OnnxGraph.Float16 ? 1e-3 : 1e-5;
        Near.Equal(bert.Mean("deep"), vectors[0], tolerance);
        Near.Equal(bert.Mean("deep", "net"), vectors[1], tolerance);
        Near.Equal(bert.Mean("a", "deep", "net", "of", "net", "##s"), vectors[2], tolerance);
        Near.Equal(bert.Mean("net"), vectors[5], tolerance);
    }

    [Fact]
    public async Task The_graph_lies_at_the_root_or_in_its_folder_or_where_named()
    {
        using var bert = new TinyBert();
        using var other = new TinyBert(seed: 8);
        Directory.CreateDirectory(bert.PathOf("onnx"));
        File.Copy(other.PathOf("model.onnx"), bert.PathOf("onnx/model_quantized.onnx"));
        using (var encoder = OnnxSentenceEncoder.Open(bert.Folder, new() { Graph = "onnx/model_quantized.onnx" }))
            Near.Equal(other.Mean("net"), Assert.Single(await encoder.EncodeAsync("net")));
        File.Move(bert.PathOf("model.onnx"), bert.PathOf("onnx/model.onnx"));
        using (var encoder = OnnxSentenceEncoder.Open(bert.Folder))
            Near.Equal(bert.Mean("net"), Assert.Single(await encoder.EncodeAsync("net")));
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_the_encoder_goes_on()
    {
        using var bert = new TinyBert();
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        using var cancellation = new CancellationTokenSource();
        // Cancels while texts are being read: after the first, before the last.
        var texts = Enumerable.Range(0, 10_000).Select(i =>
        {
            if (i == 9_999)
                cancellation.Cancel();
            return "deep net";
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.GenerateAsync(texts, cancellationToken: cancellation.Token));
        Near.Equal(bert.Mean("net"), Assert.Single(await encoder.EncodeAsync("net")));
        Assert.Empty(await encoder.GenerateAsync([], cancellationToken: Cancelled));
    }

    [Fact]
    public void The_fingerprint_follows_the_content_and_not_the_place()
    {
        using var bert = new TinyBert();
        using var same = new TinyBert();
        var fingerprint = FingerprintOf(bert);
        Assert.Equal(fingerprint, FingerprintOf(same));
        using var other = new TinyBert(seed: 8);
        Assert.NotEqual(fingerprint, FingerprintOf(other));
        Assert.NotEqual(fingerprint, FingerprintOf(bert, maxTokens: 16));
        bert.WritePooling("cls_token");
        Assert.NotEqual(fingerprint, FingerprintOf(bert));
        same.Write("tokenizer_config.json", """{"do_lower_case":false}""");
        Assert.NotEqual(fingerprint, FingerprintOf(same));
    }

    [Fact]
    public void What_it_is_can_be_asked()
    {
        using var bert = new TinyBert();
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        var metadata = encoder.GetService<EmbeddingGeneratorMetadata>();
        Assert.Equal((Path.GetFileName(bert.Folder), (int?)TinyBert.Width), (metadata!.DefaultModelId, metadata.DefaultModelDimensions));
    }

    private static string FingerprintOf(TinyBert bert, int? maxTokens = null)
    {
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder, new() { MaxTokens = maxTokens });
        return encoder.Fingerprint;
    }
}
