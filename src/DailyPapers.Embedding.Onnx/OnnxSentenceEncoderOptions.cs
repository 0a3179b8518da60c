namespace DailyPapers.Embedding.Onnx;

/// <summary>How a folder's model is run.</summary>
public sealed record OnnxSentenceEncoderOptions
{
    /// <summary>The graph's file within the folder, such as <c>onnx/model_quantized.onnx</c>; <c>model.onnx</c> or <c>onnx/model.onnx</c> unless set.</summary>
    public string? Graph { get; init; }

    /// <summary>The most tokens of a text that are read, the two special ones included; what the model was trained for unless set, and never more.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The most texts that go through the network together; 16 unless set. More costs memory and hardly saves time on a processor.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Processor threads that one run uses; half of the processors unless set.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);
}
