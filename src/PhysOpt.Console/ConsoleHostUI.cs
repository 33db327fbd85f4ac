using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using PhysOpt.Hosting.Editing;
using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting;

/// <summary>Where the engine writes and asks. As in PowerShell, errors go to standard error and all other streams to standard output.</summary>
internal sealed class ConsoleHostUI : PSHostUserInterface
{
    readonly Session session;
    readonly Terminal terminal;
    readonly LineEditor editor;
    readonly Prompter prompter;

    public ConsoleHostUI(Session session)
    {
        this.session = session;
        terminal = session.Terminal;
        editor = new LineEditor(terminal);
        prompter = new Prompter(this);
        RawUI = new ConsoleRawUI(terminal);
    }

    public override PSHostRawUserInterface RawUI { get; }

    /// <summary>Decides whether the engine's own views put colours into what they write.</summary>
    public override bool SupportsVirtualTerminal => terminal.OutputTakesColour;

    public override void Write(string value) => terminal.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        // -1 stands for "leave as it is"
        var foreground = Enum.IsDefined(foregroundColor) ? PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) : "";
        var background = Enum.IsDefined(backgroundColor) ? PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor) : "";
        terminal.Write(foreground + background + value + PSStyle.Instance.Reset);
    }

    public override void WriteLine(string value) => terminal.WriteLine(value);

    public override void WriteErrorLine(string value) => terminal.WriteErrorLine(value);

    public override void WriteDebugLine(string message) => WriteStyled(FormatStyle.Debug, "DEBUG: " + message);

    public override void WriteVerboseLine(string message) => WriteStyled(FormatStyle.Verbose, "VERBOSE: " + message);

    public override void WriteWarningLine(string message) => WriteStyled(FormatStyle.Warning, "WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => terminal.ShowProgress(sourceId, record);

    /// <exception cref="HostException">There is no more input.</exception>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public override string ReadLine() => ReadLine(maskInput: false);

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var character in ReadLine(maskInput: true))
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        prompter.Prompt(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        prompter.PromptForChoice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        prompter.PromptForCredential(caption, message, userName);

    /// <remarks>The type and the options matter to domain accounts on Windows, of which this console knows nothing.</remarks>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        prompter.PromptForCredential(caption, message, userName);

    string ReadLine(bool maskInput)
    {
        if (!terminal.CanEdit)
            return Console.In.ReadLine() ?? throw new HostException("A question was asked, but standard input has ended.");
        var line = editor.Read("", "", maskInput ? '*' : null);
        if (line.Text is { } text)
            return text;
        if (line.Ended)
            throw new HostException("A question was asked, but the input was ended.");
        session.Interrupt(keepAlive: true);
        throw new PipelineStoppedException();
    }

    void WriteStyled(FormatStyle style, string text) =>
        terminal.WriteLine(GetFormatStyleString(style) + text + PSStyle.Instance.Reset);
}
