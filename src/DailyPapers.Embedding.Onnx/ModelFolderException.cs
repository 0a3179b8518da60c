namespace DailyPapers.Embedding.Onnx;

/// <summary>A folder holds no sentence encoder that can be used; the message names the file and says what to do.</summary>
public sealed class ModelFolderException : Exception
{
    /// <summary>Joins the file, what is wrong with it and what to do.</summary>
    public ModelFolderException(string file, string problem, string remedy, Exception? inner = null) : base($"{file}: {problem} {remedy}", inner) => File = file;

    /// <summary>The file or folder that is missing or cannot be used.</summary>
    public string File { get; }
}
