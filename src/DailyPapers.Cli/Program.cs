using DailyPapers.Cli;

var parse = PapersCommand.Build().Parse(args);
var code = await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parse.Errors.Count > 0 ? ExitCode.Usage : code;
