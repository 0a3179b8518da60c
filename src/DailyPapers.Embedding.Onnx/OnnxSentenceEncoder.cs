using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DailyPapers.Embedding.Onnx;

/// <summary>
/// A BERT-type sentence encoder from a local folder in the layout of Hugging Face's sentence-transformers: WordPiece tokens
/// through an ONNX graph, pooled as the model was trained. Vectors have the length that the network gives them; whoever
/// compares them brings them to unit length. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Read are <c>model.onnx</c> or <c>onnx/model.onnx</c>, <c>tokenizer.json</c> or <c>vocab.txt</c>, and, where present,
/// <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c>, <c>config.json</c>, <c>modules.json</c>,
/// <c>1_Pooling/config.json</c>, <c>sentence_bert_config.json</c>, <c>config_sentence_transformers.json</c>.
/// </remarks>
public sealed class OnnxSentenceEncoder : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const string SentenceOutput = "sentence_embedding";
    private const string ServeElsewhere = "Choose another model, or serve this one with Ollama or vLLM and use the kind \"openai\".";

    private readonly ModelFolder _folder;
    private readonly BertTokens _tokens;
    private readonly InferenceSession _session;
    private readonly string _output;
    private readonly int _batchSize;
    private readonly int? _fixedBatch;
    private readonly int? _fixedWidth;
    private readonly EmbeddingGeneratorMetadata _metadata;

    private OnnxSentenceEncoder(ModelFolder folder, OnnxSentenceEncoderOptions options)
    {
        _folder = folder;
        _tokens = new BertTokens(folder.Tokenizer);
        _session = OpenSession(folder.Graph, options.Threads);
        try
        {
            CheckInputs();
            _output = ChooseOutput();
            // Graphs exported for one shape have positive dimensions where others have none.
            var shape = _session.InputMetadata[Ids].Dimensions;
            _fixedBatch = shape is [> 0, ..] ? shape[0] : null;
            _fixedWidth = shape is [_, > 0] ? shape[1] : null;
            _batchSize = _fixedBatch ?? options.BatchSize;
            MaxTokens = Math.Min(folder.MaxTokens, _fixedWidth ?? int.MaxValue);
            // One text through the whole way shows that graph, tokenizer and pooling belong together.
            Dimensions = Encode(["a"], CancellationToken.None)[0].Length;
            _metadata = new EmbeddingGeneratorMetadata("onnx", null, Name, Dimensions);
            Fingerprint = folder.Fingerprint();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder.Root)));

    /// <summary>The vectors' length.</summary>
    public int Dimensions { get; }

    /// <summary>The most tokens of a text that are read.</summary>
    public int MaxTokens { get; }

    /// <summary>A hash of everything that vectors depend on, independent of where the folder lies.</summary>
    public string Fingerprint { get; }

    /// <summary>What the model's makers put before a query; empty if nothing.</summary>
    public string QueryPrefix => _folder.QueryPrefix;

    /// <summary>What the model's makers put before a document; empty if nothing.</summary>
    public string DocumentPrefix => _folder.DocumentPrefix;

    /// <summary>Opens the model in <paramref name="folder"/>.</summary>
    /// <exception cref="ModelFolderException">A file is missing, damaged or not supported.</exception>
    public static OnnxSentenceEncoder Open(string folder, OnnxSentenceEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new OnnxSentenceEncoderOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Threads);
        return new OnnxSentenceEncoder(ModelFolder.Read(folder, options), options);
    }

    /// <summary>Checks the folder's small files without loading the network.</summary>
    /// <exception cref="ModelFolderException">A file is missing, damaged or not supported.</exception>
    public static void Check(string folder, OnnxSentenceEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _ = ModelFolder.Read(folder, options ?? new OnnxSentenceEncoderOptions());
    }

    /// <summary>The vectors of texts, in their order; computed in the background.</summary>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        var vectors = await Task.Run(() => Encode(texts, cancellationToken), cancellationToken);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = Name }));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Texts of like length go together, so that little of a batch is padding.</summary>
    private float[][] Encode(string[] texts, CancellationToken cancellationToken)
    {
        var tokens = new int[texts.Length][];
        for (var i = 0; i < texts.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokens[i] = _tokens.Encode(texts[i], MaxTokens);
        }
        var vectors = new float[texts.Length][];
        foreach (var batch in Enumerable.Range(0, texts.Length).OrderByDescending(i => tokens[i].Length).Chunk(_batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var results = Run([.. batch.Select(i => tokens[i])], cancellationToken);
            for (var i = 0; i < batch.Length; i++)
                vectors[batch[i]] = results[i];
        }
        return vectors;
    }

    private float[][] Run(int[][] rows, CancellationToken cancellationToken)
    {
        var height = _fixedBatch ?? rows.Length;
        var width = _fixedWidth ?? rows.Max(row => row.Length);
        var inputs = new List<OrtValue>();
        using var run = new RunOptions();
        using var stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            // What a graph of fixed height has no text for is filled with the last one again.
            int[] Row(int y) => rows[Math.Min(y, rows.Length - 1)];
            var names = _session.InputNames;
            foreach (var name in names)
                inputs.Add(Input(name, height, width, (y, x) => name switch
                {
                    Ids => x < Row(y).Length ? Row(y)[x] : _tokens.Padding,
                    Mask => x < Row(y).Length ? 1 : 0,
                    _ => 0,
                }));
            using var outputs = _session.Run(run, names, inputs, [_output]);
            return Read(outputs[0], rows, height, width);
        }
        catch (OnnxRuntimeException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", exception, cancellationToken);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFolderException(_folder.Graph, $"the network cannot be run: {exception.Message}", "Export the model again, and copy all its files from one place.", exception);
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    private OrtValue Input(string name, int height, int width, Func<int, int, int> valueAt)
    {
        long[] shape = [height, width];
        if (_session.InputMetadata[name].ElementDataType == TensorElementType.Int32)
            return OrtValue.CreateTensorValueFromMemory(Fill(new int[height * width]), shape);
        return OrtValue.CreateTensorValueFromMemory(Fill(new long[height * width]), shape);

        T[] Fill<T>(T[] values) where T : System.Numerics.INumberBase<T>
        {
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    values[(y * width) + x] = T.CreateTruncating(valueAt(y, x));
            return values;
        }
    }

    private float[][] Read(OrtValue output, int[][] rows, int height, int width)
    {
        var info = output.GetTensorTypeAndShape();
        var shape = info.Shape;
        var length = checked((int)shape[^1]);
        var numbers = Floats(output, info.ElementDataType);
        var vectors = new float[rows.Length][];
        // (B, D): pooled by the graph itself. (B, L, D): the tokens' vectors.
        if (shape.Length == 2 && shape[0] == height)
        {
            for (var y = 0; y < rows.Length; y++)
                vectors[y] = numbers.Slice(y * length, length).ToArray();
            return vectors;
        }
        if (shape.Length != 3 || shape[0] != height || shape[1] != width)
            throw Unsupported($"the output \"{_output}\" has the shape ({string.Join(", ", shape)}) for {height} texts of {width} tokens");
        if (_folder.TokenDimensions is { } expected && expected != length)
            throw new ModelFolderException(_folder.PoolingFile!, $"it is for vectors of {expected} numbers, but those of {_folder.Graph} have {length}.", "Copy all files of the model from one place.");
        for (var y = 0; y < rows.Length; y++)
        {
            var tokens = numbers.Slice(y * width * length, width * length);
            vectors[y] = new float[_folder.Pooling.Count * length];
            for (var i = 0; i < _folder.Pooling.Count; i++)
                Pooling.Pool(_folder.Pooling[i], tokens, rows[y].Length, vectors[y].AsSpan(i * length, length));
        }
        return vectors;
    }

    private ReadOnlySpan<float> Floats(OrtValue output, TensorElementType type)
    {
        switch (type)
        {
            case TensorElementType.Float:
                return output.GetTensorDataAsSpan<float>();
            case TensorElementType.Float16:
                var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<Float16, Half>(output.GetTensorDataAsSpan<Float16>());
                var floats = new float[halves.Length];
                TensorPrimitives.ConvertToSingle(halves, floats);
                return floats;
            default:
                throw Unsupported($"the output \"{_output}\" has numbers of the type {type}");
        }
    }

    private void CheckInputs()
    {
        foreach (var (name, input) in _session.InputMetadata)
        {
            if (name is not (Ids or Mask or Types))
                throw Unsupported($"the graph has the input \"{name}\"; known are {Ids}, {Mask} and {Types}");
            if (input.ElementDataType is not (TensorElementType.Int64 or TensorElementType.Int32))
                throw Unsupported($"the input \"{name}\" has the type {input.ElementDataType}; known are Int64 and Int32");
        }
        if (!_session.InputMetadata.ContainsKey(Ids))
            throw Unsupported($"the graph has no input \"{Ids}\"");
    }

    private string ChooseOutput()
    {
        var names = _session.OutputNames;
        if (names.Contains(SentenceOutput))
            return SentenceOutput;
        // A layer after the pooling is part of the vectors, and only a graph with the pooling inside can have it.
        if (_folder.FurtherModule is { } module)
            throw Unsupported($"the model has a module of the type {module} after its pooling, and the graph no output \"{SentenceOutput}\" that would contain it");
        return names.FirstOrDefault(name => name is "last_hidden_state" or "token_embeddings")
            ?? names.FirstOrDefault(name => _session.OutputMetadata[name].Dimensions.Length == 3)
            ?? (names.Count == 1 ? names[0] : throw Unsupported($"none of the outputs {string.Join(", ", names)} is known; expected last_hidden_state, token_embeddings or {SentenceOutput}"));
    }

    private ModelFolderException Unsupported(string problem) => new(_folder.Graph, problem + ".", ServeElsewhere);

    private static InferenceSession OpenSession(string graph, int threads)
    {
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                // Shapes differ from batch to batch: plans for each would only fill memory.
                EnableMemoryPattern = false,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            // Threads that wait for the next batch leave the processor to others.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFolderException(graph, $"ONNX Runtime cannot read it: {exception.Message}", "Copy or export the file again; beside a graph with its weights in a file of their own, that file must lie.", exception);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ModelFolderException(
                Path.Combine(AppContext.BaseDirectory, "onnxruntime"),
                $"the native library of ONNX Runtime cannot be loaded: {(exception.InnerException ?? exception).Message}",
                $"Build the program for this platform, with -p:OnnxRuntimePlatform={System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier} if it was built on another.",
                exception);
        }
    }
}
