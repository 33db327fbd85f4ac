using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PhysOpt.Hosting;

/// <summary>The questions of PowerShell: missing mandatory parameters, -Confirm, credentials.</summary>
internal sealed class Prompter(PSHostUserInterface ui)
{
    /// <summary>Asks for each field by name; for a list, value by value until an empty line.</summary>
    public Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        ShowTitle(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string); // of a script's own class: the binder converts
            var label = Label(field.Label).Text is { Length: > 0 } text ? text : field.Name;
            answers[field.Name] = PSObject.AsPSObject(type.IsArray ? AskMany(label, type, field.HelpMessage) : Ask(label, type, field.HelpMessage));
        }
        return answers;
    }

    /// <returns>The index of the choice: by hot key or by whole label; an empty line means the default.</returns>
    public int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count);
        ShowTitle(caption, message);
        var labels = choices.Select(choice => Label(choice.Label)).ToArray();
        var menu = string.Concat(labels.Select(label => $"[{label.HotKey}] {label.Text}  ")) + "[?] Help";
        if (defaultChoice >= 0)
            menu += $" (default is \"{labels[defaultChoice].HotKey}\")";
        while (true)
        {
            ui.Write(menu + ": ");
            var answer = ui.ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (answer == "?")
            {
                for (var i = 0; i < choices.Count; i++)
                    ui.WriteLine($"{labels[i].HotKey} - {choices[i].HelpMessage}");
                continue;
            }
            var chosen = Array.FindIndex(labels, label => Same(label.HotKey, answer) || Same(label.Text, answer));
            if (chosen >= 0)
                return chosen;
        }
    }

    public PSCredential PromptForCredential(string caption, string message, string userName)
    {
        ShowTitle(caption, message);
        while (string.IsNullOrEmpty(userName))
            userName = Ask("User: ", ui.ReadLine);
        return new PSCredential(userName, Ask($"Password for user {userName}: ", ui.ReadLineAsSecureString));
    }

    object Ask(string label, Type type, string help)
    {
        if (type == typeof(SecureString))
            return Ask(label + ": ", ui.ReadLineAsSecureString);
        if (type == typeof(PSCredential))
            return PromptForCredential(label, "", "");
        while (true)
        {
            var answer = AskWithHelp(label, help);
            if (LanguagePrimitives.TryConvertTo(answer, type, out var value))
                return value;
            ui.WriteErrorLine($"\"{answer}\" is not a value of type {type.Name}.");
        }
    }

    Array AskMany(string label, Type type, string help)
    {
        var values = new List<string>();
        while (AskWithHelp($"{label}[{values.Count}]", help) is { Length: > 0 } answer)
        {
            if (LanguagePrimitives.TryConvertTo(answer, type.GetElementType(), out _))
                values.Add(answer);
            else
                ui.WriteErrorLine($"\"{answer}\" is not a value of type {type.GetElementType()?.Name}.");
        }
        return (Array)LanguagePrimitives.ConvertTo(values, type, CultureInfo.CurrentCulture);
    }

    string AskWithHelp(string label, string help)
    {
        while (true)
        {
            var answer = Ask(label + ": ", ui.ReadLine);
            if (answer != "!?")
                return answer;
            ui.WriteLine(string.IsNullOrEmpty(help) ? "There is no help for this value." : help);
        }
    }

    T Ask<T>(string question, Func<T> read)
    {
        ui.Write(question);
        return read();
    }

    void ShowTitle(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            ui.WriteLine(PSStyle.Instance.Bold + caption + PSStyle.Instance.Reset);
        if (!string.IsNullOrEmpty(message))
            ui.WriteLine(message);
    }

    /// <summary>"Yes to &amp;All" is "Yes to All" with the hot key A; without a mark, the whole label is the key.</summary>
    static (string HotKey, string Text) Label(string? label)
    {
        var text = label ?? "";
        var mark = text.IndexOf('&', StringComparison.Ordinal);
        var bare = mark < 0 ? text : text.Remove(mark, 1);
        return (mark >= 0 && mark < bare.Length ? bare[mark].ToString().ToUpperInvariant() : bare, bare);
    }

    static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
