using System.IO.Compression;
using DailyPapers.Lab.Data.ClickThroughRate;

namespace DailyPapers.Lab.Tests.Data.ClickThroughRate;

public sealed class ClickFormatTests : IDisposable
{
    private const string AvazuHeader =
        "id,click,hour,C1,banner_pos,site_id,site_domain,site_category,app_id,app_domain,app_category,device_id,device_ip,device_model,device_type,device_conn_type,C14,C15,C16,C17,C18,C19,C20,C21";

    private const string AvazuRow = "1000009418151094273,0,14102100,1005,0,1fbe01fe,f3845767,28905ebd,ecad2386,7801e8d9,07d7df22,a99f214a,ddd2926e,44956a24,1,2,15706,320,50,1722,0,35,-1,79";

    private readonly string _folder = Directory.CreateTempSubdirectory("clicks").FullName;

    [Fact]
    public void Criteo_numbers_become_buckets_and_missing_values_stay_empty()
    {
        var numbers = new[] { "1", "-2", "", "3", "100", "0", "2", "1382", "", "", "", "", "7" };
        var hashes = Enumerable.Range(1, 26).Select(i => i == 4 ? "" : $"68fd1e{i:00}").ToArray();
        var format = new CriteoTsv();
        var record = Assert.Single(format.Read(File("train.txt", "1\t" + string.Join('\t', [.. numbers, .. hashes]) + "\n")));
        Assert.True(record.Clicked);
        // ⌊ln(3)²⌋ = 1, ⌊ln(100)²⌋ = 21, ⌊ln(1382)²⌋ = 52, ⌊ln(7)²⌋ = 3.
        Assert.Equal(["1", "-2", "0", "1", "21", "0", "2", "52", "0", "0", "0", "0", "3"], record.Values.Take(13));
        Assert.Equal(hashes, record.Values.Skip(13));
        Assert.Equal(39, format.Fields.Count);
        Assert.Equal("C1", format.Fields[13]);
    }

    [Fact]
    public void Criteo_errors_name_file_line_and_field()
    {
        var row = "0" + string.Concat(Enumerable.Repeat("\t1", 13)) + string.Concat(Enumerable.Repeat("\taa", 26));
        Fails(new CriteoTsv(), $"{row}\n{row}\taa\n", "data.txt, line 2: expected 40 tab-separated columns, got 41");
        Fails(new CriteoTsv(), $"{row}\n{row.Replace("\t1\taa", "\t1.5\taa", StringComparison.Ordinal)}\n", "data.txt, line 2, field 'I13': expected a whole number, got '1.5'");
        Fails(new CriteoTsv(), row[2..], "data.txt, line 1: expected 40 tab-separated columns, got 39; Criteo's test file has no labels");
        Fails(new CriteoTsv(), $"{row}\n{row[..50]}", "data.txt, line 2: expected 40 tab-separated columns, got 22");
        Fails(new CriteoTsv(), "2" + row[1..], "data.txt, line 1, field 'label': expected a label 0, 1 or -1, got '2'");
        Fails(new CriteoTsv(), $"{row}\n\n{row}\n", "data.txt, line 2: expected a record, got an empty line");
    }

    [Fact]
    public void Avazu_times_become_hour_weekday_and_weekend()
    {
        var format = new AvazuCsv();
        var saturday = AvazuRow.Replace(",0,14102100,", ",1,14102523,", StringComparison.Ordinal);
        var records = format.Read(File("train.csv", $"{AvazuHeader}\n{AvazuRow}\n{saturday}\n")).ToList();
        Assert.Equal(["hour", "weekday", "is_weekend", "C1"], format.Fields.Take(4));
        Assert.Equal(24, format.Fields.Count);
        Assert.False(records[0].Clicked);
        Assert.Equal(["0", "2", "0", "1005"], records[0].Values.Take(4));
        Assert.Equal("79", records[0].Values[^1]);
        Assert.True(records[1].Clicked);
        Assert.Equal(["23", "6", "1"], records[1].Values.Take(3));
    }

    [Fact]
    public void Avazu_errors_name_file_line_and_field()
    {
        Fails(new AvazuCsv(), $"{AvazuHeader}\n{AvazuRow.Replace("14102100", "14132100", StringComparison.Ordinal)}\n", "data.txt, line 2, field 'hour': expected YYMMDDHH, got '14132100'");
        Fails(new AvazuCsv(), $"{AvazuHeader}\n{AvazuRow},1\n", "data.txt, line 2: expected 24 comma-separated columns, got 25");
        Fails(new AvazuCsv(), $"{AvazuRow}\n", "data.txt, line 1: expected the header 'id,click,hour");
        var withoutClicks = AvazuHeader.Replace(",click", "", StringComparison.Ordinal);
        var error = Assert.Throws<InvalidDataException>(() => new AvazuCsv().Read(File("test.csv", $"{withoutClicks}\n")).Count());
        Assert.EndsWith("Avazu's test file has no clicks, so take a part of its training file", error.Message, StringComparison.Ordinal);
        Fails(new AvazuCsv(), $"{AvazuHeader}\n{AvazuRow.Replace(",0,14102100", ",yes,14102100", StringComparison.Ordinal)}", "data.txt, line 2, field 'click': expected a label");
    }

    [Fact]
    public void LibFM_files_have_one_id_a_field()
    {
        var records = LibFmText.MovieLens.Read(File("movielens.libfm", "1 451:1 415:1 5042:1\n-1.0 451:1 415:1 7:1.0 \n")).ToList();
        Assert.Equal([true, false], records.Select(record => record.Clicked));
        Assert.Equal(["451", "415", "7"], records[1].Values);
        Assert.Equal(10, LibFmText.Frappe.Fields.Count);
        Fails(LibFmText.MovieLens, "1 1:1 2:1\n", "data.txt, line 1: expected a label and 3 features, got 3 parts");
        Fails(LibFmText.MovieLens, "1 1:1 2:0.5 3:1\n", "data.txt, line 1, field 'item_id': expected the value 1 of a category, got '0.5'");
        Fails(LibFmText.MovieLens, "1 1:1 2:1 x:1\n", "data.txt, line 1, field 'tag_id': expected id:value, got 'x:1'");
        Fails(LibFmText.MovieLens, "1 1:1 2:1 3\n", "data.txt, line 1, field 'tag_id': expected id:value, got '3'");
    }

    [Fact]
    public void Tables_are_read_by_the_names_of_their_columns()
    {
        var benchmark = DelimitedClicks.Frappe.Read(File("frappe.csv", "label,user,item,daytime,weekday,isweekend,homework,cost,weather,country,city\n0,1,2,3,4,5,6,7,8,9,10\n")).Single();
        Assert.False(benchmark.Clicked);
        Assert.Equal("10", benchmark.Values[9]);
        var log = DelimitedClicks.FrappeLog.Read(File("frappe.tsv",
            "user\titem\tcnt\tdaytime\tweekday\tisweekend\thomework\tcost\tweather\tcountry\tcity\n0\t0\t1\tmorning\tsunday\tweekend\tunknown\tfree\tsunny\tUnited States\t0\n")).Single();
        Assert.True(log.Clicked);
        Assert.Equal(["0", "0", "morning", "sunday", "weekend", "unknown", "free", "sunny", "United States", "0"], log.Values);
        var benchmarkTags = DelimitedClicks.MovieLens.Read(File("tags_x1.csv", "label,user_id,item_id,tag_id\n1,4,5,6\n")).Single();
        Assert.Equal(["4", "5", "6"], benchmarkTags.Values);
        var tags = DelimitedClicks.MovieLensTags.Read(File("tags.csv", "userId,movieId,tag,timestamp\r\n2,60756,\"funny, \"\"dark\"\"\",1445714994\r\n2,60756,,1445714996\r\n")).ToList();
        Assert.Equal(["2", "60756", "funny, \"dark\""], tags[0].Values);
        Assert.Equal("", tags[1].Values[2]);
    }

    [Fact]
    public void Table_errors_name_file_line_and_field()
    {
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id\n", "data.txt, line 1, field 'tag_id': the header has no such column; split at ',' it has 'label', 'user_id', 'item_id'");
        Fails(DelimitedClicks.FrappeLog, "user,item\n", "data.txt, line 1, field 'user': the header has no such column; split at tabs it has 'user,item'");
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id,tag_id,tag_id\n1,2,3,4,5\n", "data.txt, line 1, field 'tag_id': the header has this column twice");
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id,tag_id\n1,2,3\n", "data.txt, line 2: expected 4 columns as in the header, got 3");
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id,tag_id\n,2,3,4\n", "data.txt, line 2, field 'label': expected a label 0, 1 or -1, got ''");
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id,tag_id\n1,2,\"3,4\n", "data.txt, line 2: a quoted cell has no end; cells with line breaks are not read");
        Fails(DelimitedClicks.MovieLens, "label,user_id,item_id,tag_id\n1,2,\"3\"4,5\n", "data.txt, line 2: expected the separator after the quoted cell 3, got '4'");
    }

    [Fact]
    public void Gzip_is_told_by_content_and_damage_is_named()
    {
        var path = Path.Combine(_folder, "compressed.csv");
        using (var stream = new GZipStream(System.IO.File.Create(path), CompressionLevel.Fastest))
        using (var writer = new StreamWriter(stream))
        {
            writer.WriteLine("label,user_id,item_id,tag_id");
            for (var row = 0; row < 20_000; row++)
                writer.WriteLine($"1,{row},{row * 7919 % 10007},{row * 31 % 97}");
        }
        Assert.Equal(20_000, DelimitedClicks.MovieLens.Read(path).Count());
        var bytes = System.IO.File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xFF, bytes.Length / 2, 64);
        System.IO.File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => DelimitedClicks.MovieLens.Read(path).Count());
        Assert.Matches("^compressed.csv, line [0-9]+", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(200)]
    [InlineData(2000)]
    public void A_gzip_file_that_was_cut_off_is_not_read_as_a_smaller_one(int missing)
    {
        var path = Path.Combine(_folder, "half.libfm.gz");
        using (var stream = new GZipStream(System.IO.File.Create(path), CompressionLevel.Optimal))
        using (var writer = new StreamWriter(stream))
        {
            for (var row = 0; row < 3000; row++)
                writer.WriteLine($"1 {row}:1 {row * 7919 % 10007}:1 {row * 31 % 97}:1");
        }
        Assert.Equal(3000, LibFmText.MovieLens.Read(path).Count());
        System.IO.File.WriteAllBytes(path, System.IO.File.ReadAllBytes(path)[..^missing]);
        var error = Assert.Throws<InvalidDataException>(() => LibFmText.MovieLens.Read(path).Count());
        Assert.Matches("^half.libfm.gz, line [0-9]+: the gzip data are damaged: They end early.+Download the file again.$", error.Message);
    }

    public static TheoryData<string> FormatNames => ["Criteo", "Avazu", "Frappe", "Frappe log", "MovieLens"];

    [Theory]
    [MemberData(nameof(FormatNames))]
    public void Files_without_records_and_archives_are_refused(string name)
    {
        IClickFormat format = name switch
        {
            "Criteo" => new CriteoTsv(),
            "Avazu" => new AvazuCsv(),
            "Frappe" => DelimitedClicks.Frappe,
            "Frappe log" => DelimitedClicks.FrappeLog,
            _ => LibFmText.MovieLens,
        };
        Fails(format, "", "data.txt: the file is empty; was it downloaded to its end?");
        Fails(format, "\r\n\r\n", "data.txt: the file is empty");
        Fails(format, "PK\u0003\u0004\u0014\0\0\0train.csv\n", "data.txt, line 1: expected text, got binary data; if this is an archive (zip, tar), extract the file in it first");
        if (name == "Avazu")
            Fails(format, AvazuHeader + "\n", "data.txt, line 1: expected records after the header, got the end of the file");
        if (name == "Frappe")
            Fails(format, "label," + string.Join(',', format.Fields) + "\n", "data.txt, line 1: expected records after the header, got the end of the file");
    }

    [Fact]
    public void Lines_may_end_as_on_Windows_and_a_file_may_begin_with_a_byte_order_mark()
    {
        var row = "1" + string.Concat(Enumerable.Repeat("\t3", 13)) + string.Concat(Enumerable.Repeat("\taa", 26));
        var records = new CriteoTsv().Read(File("windows.txt", $"\uFEFF{row}\r\n{row}\r\n\r\n")).ToList();
        Assert.Equal([true, true], records.Select(record => record.Clicked));
        Assert.Equal("aa", records[1].Values[^1]);
        Assert.Equal("79", new AvazuCsv().Read(File("windows.csv", $"{AvazuHeader}\r\n{AvazuRow}\r\n")).Single().Values[^1]);
        Assert.Equal(["451", "415", "7"], LibFmText.MovieLens.Read(File("windows.libfm", "-1\t451:1\t415:1\t7:1\r\n")).Single().Values);
    }

    [Fact]
    public void Files_are_streamed()
    {
        // The second line is malformed; a reader that takes one record at a time never sees it.
        var path = File("stream.libfm", "1 1:1 2:1 3:1\nbroken\n");
        Assert.Equal(["1", "2", "3"], LibFmText.MovieLens.Read(path).First().Values);
    }

    [Fact]
    public void A_vocabulary_knows_only_what_training_saw_often_enough()
    {
        var training = File("train.csv", "label,user_id,item_id,tag_id\n1,a,x,p\n0,a,y,p\n0,b,x,q\n1,b,x,r\n1,c,z,p\n");
        var vocabulary = ClickVocabulary.Fit(DelimitedClicks.MovieLens, training, minimum: 2);
        Assert.Equal([3, 2, 2], vocabulary.Cardinalities);
        var test = File("test.csv", "label,user_id,item_id,tag_id\n1,b,x,p\n0,c,new,q\n0,a,y,p\n");
        var parts = vocabulary.Encode(DelimitedClicks.MovieLens.Read(test), 2).ToList();
        Assert.Equal([2, 1], parts.Select(part => part.Count));
        // Ties are numbered by value, a before b; c, y, z, q and r are too rare.
        Assert.Equal([2, 1, 1], parts[0].Row(0).ToArray());
        Assert.Equal([0, 0, 0], parts[0].Row(1).ToArray());
        Assert.Equal([1, 0, 1], parts[1].Row(0).ToArray());
        Assert.Equal([true, false], parts[0].Clicked.ToArray());
        Assert.Equal(4, ClickVocabulary.Fit(DelimitedClicks.MovieLens, training).Cardinalities[0]);
    }

    [Fact]
    public void Negatives_did_not_happen()
    {
        ClickRecord[] clicks = [.. Enumerable.Range(0, 40).Select(i => new ClickRecord(true, [$"{i % 4}", $"{i % 10}", "c"]))];
        var all = NegativeSampling.Complete(clicks, 1, 2, new Seed(1));
        Assert.Equal(120, all.Count);
        var happened = clicks.Select(click => string.Join(' ', click.Values)).ToHashSet();
        Assert.All(all, record => Assert.Equal(record.Clicked, happened.Contains(string.Join(' ', record.Values))));
        Assert.Equal(40, all.Count(record => record.Clicked));
        Assert.All(all.Chunk(3), group => Assert.All(group, record => Assert.Equal(group[0].Values[0], record.Values[0])));
        ClickRecord[] everything = [new(true, ["a"]), new(true, ["b"])];
        Assert.Throws<ArgumentException>(() => NegativeSampling.Complete(everything, 0, 1, new Seed(1)));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private void Fails(IClickFormat format, string text, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => format.Read(File("data.txt", text)).Count());
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
