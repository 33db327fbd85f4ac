using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;

namespace PhysOpt.Hosting.Terminals;

/// <summary>The process's three streams: what they are connected to, and the only place that writes to them.</summary>
/// <remarks>Writing is serialised; the progress line gives way to whatever is written.</remarks>
internal sealed class Terminal
{
    const int DefaultColumns = 120;
    const int DefaultRows = 50;

    readonly Lock gate = new();
    readonly ProgressLine progress = new();
    readonly bool understandsSequences;
    readonly StringBuilder unfinished = new();
    bool errorsOnly;

    public Terminal()
    {
        InputIsTerminal = !Console.IsInputRedirected;
        OutputIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected;
        understandsSequences = Environment.GetEnvironmentVariable("TERM") != "dumb"
            && (!OperatingSystem.IsWindows() || WindowsConsole.EnableVirtualTerminal());
        // https://no-color.org: present and not empty
        AllowsColour = understandsSequences && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    public bool InputIsTerminal { get; }

    public bool OutputIsTerminal { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>False if NO_COLOR is set or the terminal is dumb, wherever the output goes.</summary>
    public bool AllowsColour { get; }

    public bool OutputTakesColour => OutputIsTerminal && AllowsColour;

    /// <summary>Whether a line can be edited in place: keys come in one by one and the cursor can be moved.</summary>
    public bool CanEdit => InputIsTerminal && OutputIsTerminal && understandsSequences;

    /// <summary>The width of what is written: COLUMNS if set, the terminal's own, or 120 when there is none.</summary>
    public int Columns =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0
            ? columns
            : WindowColumns;

    /// <summary>The terminal's own width, which is where lines wrap.</summary>
    public int WindowColumns => OutputIsTerminal && Console.WindowWidth is > 0 and var width ? width : DefaultColumns;

    public int Rows => OutputIsTerminal && Console.WindowHeight is > 0 and var height ? height : DefaultRows;

    public void Write(string text)
    {
        if (errorsOnly)
        {
            WriteError(text);
            return;
        }
        // the engine's rules ($PSStyle.OutputRendering) say whether colours stay in the text
        WriteRaw(PSHostUserInterface.GetOutputString(text, OutputTakesColour));
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    /// <summary>Standard error, in the colour for errors.</summary>
    public void WriteErrorLine(string text) =>
        WriteError(PSHostUserInterface.GetFormatStyleString(PSHostUserInterface.FormatStyle.Error) + text + PSStyle.Instance.Reset + Environment.NewLine);

    /// <summary>Until disposed, what is meant for standard output goes to standard error.</summary>
    public IDisposable OutputAsErrors() => new ErrorScope(this);

    /// <summary>Writes as is, for the line editor's cursor movements.</summary>
    public void WriteRaw(string text)
    {
        lock (gate)
        {
            progress.Erase(Console.Error);
            Console.Out.Write(text);
            Follow(text);
        }
    }

    /// <summary>What stands in the cursor's line already: a question, or output without an end of line.</summary>
    public string UnfinishedLine
    {
        get
        {
            lock (gate)
                return unfinished.ToString();
        }
    }

    /// <summary>Ends a line that output has left unfinished, so that the prompt starts in the first column.</summary>
    public void StartLine()
    {
        if (CellWidth.Of(UnfinishedLine) > 0)
            WriteRaw(Environment.NewLine);
    }

    void Follow(string written)
    {
        var lastLine = written.LastIndexOf('\n') + 1;
        if (lastLine > 0)
            unfinished.Clear();
        unfinished.Append(written, lastLine, written.Length - lastLine);
    }

    void WriteError(string text)
    {
        var written = PSHostUserInterface.GetOutputString(text, ErrorIsTerminal && AllowsColour);
        lock (gate)
        {
            progress.Erase(Console.Error);
            Console.Error.Write(written);
            if (ErrorIsTerminal)
                Follow(written);
        }
    }

    public void ShowProgress(long source, ProgressRecord record)
    {
        if (!ErrorIsTerminal || !understandsSequences)
            return;
        lock (gate)
        {
            // drawn only where a line starts: half a line of output is not overwritten
            if (unfinished.Length == 0 || !OutputIsTerminal)
                progress.Show(source, record, WindowColumns, Console.Error);
        }
    }

    public void EraseProgress()
    {
        lock (gate)
            progress.Erase(Console.Error);
    }

    sealed class ErrorScope : IDisposable
    {
        readonly Terminal terminal;

        public ErrorScope(Terminal terminal)
        {
            this.terminal = terminal;
            terminal.errorsOnly = true;
        }

        public void Dispose() => terminal.errorsOnly = false;
    }
}
