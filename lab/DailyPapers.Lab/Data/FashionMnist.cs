using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017): 28 × 28 grey images of ten kinds of clothing, 60,000 to train and 10,000
/// to test, read from a folder with its four IDX files, compressed or not.
/// </summary>
public sealed class FashionMnist
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "PAPERS_FASHION_MNIST";

    /// <summary>Where Debian's package <c>dataset-fashion-mnist</c> installs the files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Where the data set's authors offer the files.</summary>
    public static readonly Uri Origin = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    /// <summary>The files, and the SHA-256 of their contents, as Debian packages them from the authors' repository.</summary>
    public static readonly IReadOnlyDictionary<string, string> Contents = new Dictionary<string, string>
    {
        ["train-images-idx3-ubyte"] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        ["train-labels-idx1-ubyte"] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        ["t10k-images-idx3-ubyte"] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        ["t10k-labels-idx1-ubyte"] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    };

    private FashionMnist(LabelledImages train, LabelledImages test) => (Train, Test) = (train, test);

    /// <summary>The training images.</summary>
    public LabelledImages Train { get; }

    /// <summary>The test images.</summary>
    public LabelledImages Test { get; }

    /// <summary>
    /// The folder to read: the one that <see cref="FolderVariable"/> names, else Debian's if it is installed, else that of
    /// <c>papers lab data</c> if it was run, else null. Nothing is downloaded without being asked for.
    /// </summary>
    public static string? FindFolder() => Requirement.Find();

    /// <summary>What a claim on these images needs of a machine.</summary>
    public static DataRequirement Requirement { get; } = new(FolderVariable, DebianFolder, "fashion-mnist");

    /// <summary>Reads the data set.</summary>
    /// <param name="folder">Folder with <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, and the same for <c>t10k</c>, each possibly with <c>.gz</c>.</param>
    /// <exception cref="FileNotFoundException">A file is absent; the message says which, and how to get the data.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or images and labels don't belong together.</exception>
    public static FashionMnist Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new FashionMnist(ReadPart(folder, "train"), ReadPart(folder, "t10k"));
    }

    private static LabelledImages ReadPart(string folder, string part)
    {
        var images = IdxFile.Read(Locate(folder, $"{part}-images-idx3-ubyte"));
        var labels = IdxFile.Read(Locate(folder, $"{part}-labels-idx1-ubyte"));
        if (images.Shape.Count != 3 || labels.Shape.Count != 1 || images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"The {part} files in '{folder}' don't belong together: images of shape {string.Join(" × ", images.Shape)}, labels of shape {string.Join(" × ", labels.Shape)}.");
        if (labels.Elements.Span.ContainsAnyExceptInRange((byte)0, (byte)(Classes - 1)))
            throw new InvalidDataException($"The {part} labels in '{folder}' include one that is not from 0 to {Classes - 1}.");
        return new LabelledImages(images.Elements, labels.Elements, images.Shape[1], images.Shape[2]);
    }

    private static string Locate(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        if (File.Exists(plain))
            return plain;
        var compressed = plain + ".gz";
        return File.Exists(compressed)
            ? compressed
            : throw new FileNotFoundException($"Fashion-MNIST: '{plain}' (or '{name}.gz') is absent. Run 'papers lab data', install Debian's dataset-fashion-mnist, or set {FolderVariable} to a folder with the four IDX files.", plain);
    }
}
