namespace DailyPapers.Embedding.Onnx.Tests;

/// <summary>A folder that cannot be used is refused with the file and the remedy.</summary>
public class ModelFolderTests
{
    [Theory]
    [InlineData("vocab.txt", "", "vocab.txt", "empty")]
    [InlineData("vocab.txt", "a\nb\n", "vocab.txt", "\"[CLS]\"")]
    [InlineData("model.onnx", "no graph", "model.onnx", "ONNX Runtime cannot read it")]
    [InlineData("config.json", "{", "config.json", "no JSON")]
    [InlineData("config.json", "[]", "config.json", "no JSON object")]
    [InlineData("config.json", """{"max_position_embeddings":"many"}""", "config.json", "\"max_position_embeddings\" is not a number")]
    [InlineData("tokenizer_config.json", """{"do_lower_case":1}""", "tokenizer_config.json", "\"do_lower_case\" is not true or false")]
    [InlineData("tokenizer_config.json", """{"cls_token":"<cls>"}""", "vocab.txt", "\"<cls>\"")]
    [InlineData("tokenizer.json", """{"model":{"type":"Unigram","vocab":[]}}""", "tokenizer.json", "type Unigram")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{}}}""", "tokenizer.json", "type BPE")]
    [InlineData("tokenizer.json", """{"normalizer":{"type":"NFKC"},"model":{"type":"WordPiece","vocab":{"a":0}}}""", "tokenizer.json", "NFKC")]
    [InlineData("tokenizer.json", """{"model":{"type":"WordPiece","vocab":{"a":-1}}}""", "tokenizer.json", "number -1")]
    [InlineData("tokenizer.json", """{"model":{"type":"WordPiece","vocab":{}}}""", "tokenizer.json", "vocabulary is empty")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_mean_tokens":false}""", "config.json", "no pooling")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode":"attention"}""", "config.json", "\"attention\"")]
    [InlineData("1_Pooling/config.json", """{"word_embedding_dimension":384,"pooling_mode_mean_tokens":true}""", "config.json", "vectors of 384 numbers, but those of")]
    [InlineData("modules.json", """[{"path":"2_Dense","type":"sentence_transformers.models.Dense"}]""", "model.onnx", "type Dense")]
    [InlineData("modules.json", """[{"path":"../elsewhere","type":"sentence_transformers.models.Pooling"}]""", "modules.json", "leads out of the folder")]
    public void A_file_that_cannot_be_used_is_named(string file, string content, string named, string problem)
    {
        using var bert = new TinyBert();
        bert.Write(file, content);
        var error = Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Open(bert.Folder).Dispose());
        Assert.EndsWith(named, error.File, StringComparison.Ordinal);
        Assert.StartsWith(error.File + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx", "neither model.onnx nor onnx/model.onnx")]
    [InlineData("vocab.txt", "neither tokenizer.json nor vocab.txt")]
    public void A_missing_file_is_named(string file, string problem)
    {
        using var bert = new TinyBert();
        File.Delete(bert.PathOf(file));
        var error = Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Check(bert.Folder));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_or_a_named_graph_that_is_missing_or_elsewhere_is_named()
    {
        using var bert = new TinyBert();
        Assert.Contains("no such folder", Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Check(bert.PathOf("nowhere"))).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Check(bert.Folder, new() { Graph = "big.onnx" })).Message, StringComparison.Ordinal);
        Assert.Contains("out of the folder", Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Check(bert.Folder, new() { Graph = "../big.onnx" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_with_an_unknown_input_is_refused_by_its_name()
    {
        using var bert = new TinyBert();
        bert.Write("model.onnx", bert.Graph(further: "position_ids").ToFile());
        var error = Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Open(bert.Folder).Dispose());
        Assert.Contains("\"position_ids\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_beyond_the_graphs_shows_when_the_model_is_opened()
    {
        using var bert = new TinyBert();
        // The separator's number is one that the graph has no vector for.
        bert.Write("vocab.txt", string.Join('\n', TinyBert.Words.Where(word => word != "[SEP]").Append("more").Append("[SEP]")));
        var error = Assert.Throws<ModelFolderException>(() => OnnxSentenceEncoder.Open(bert.Folder).Dispose());
        Assert.Contains("cannot be run", error.Message, StringComparison.Ordinal);
    }
}
