using System.Collections;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The arguments of a command as they were written: values, and names that the next value may belong to.</summary>
internal sealed class Arguments
{
    readonly List<Argument> given = [];

    /// <summary>A value, a name with its value, or a name alone.</summary>
    internal readonly record struct Argument(string? Name, object? Value, bool HasValue, Ast? Place)
    {
        /// <summary>True for an entry of a table that @table stands for.</summary>
        internal bool IsOfTable { get; init; }
    }

    /// <summary>What was written, in order.</summary>
    internal IReadOnlyList<Argument> Given => given;

    /// <summary>Evaluates the arguments of a command.</summary>
    internal static Func<Frame, Arguments> Of(IEnumerable<CommandElementAst> elements)
    {
        (string? Name, Evaluation? Value, bool IsSplatted, Ast Place)[] parts = [.. elements.Select(element =>
            element is CommandParameterAst parameter
            ? (parameter.ParameterName, parameter.Argument is null ? null : WrittenNumber.Of(parameter.Argument), false, (Ast)element)
            : ((string?)null, WrittenNumber.Of((ExpressionAst)element), element is VariableExpressionAst { Splatted: true }, element))];
        return f =>
        {
            var arguments = new Arguments();
            var hasTables = false;
            foreach (var (name, value, isSplatted, place) in parts)
            {
                var evaluated = value is null ? null : Values.OrNull(value(f));
                if (!isSplatted) arguments.given.Add(new(name, evaluated, value is not null, place));
                else if (evaluated is IDictionary table)
                    foreach (DictionaryEntry entry in table)
                    {
                        hasTables = true;
                        arguments.given.Add(new(Text.Of(entry.Key), Values.Seen(entry.Value), true, place) { IsOfTable = true });
                    }
                else
                    arguments.AddAll(Values.List(evaluated) ?? [evaluated], place);
            }

            // what is written out is meant, whatever a table says
            if (!hasTables) return arguments;
            var written = arguments.given.Where(each => !each.IsOfTable).Select(each => each.Name)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            arguments.given.RemoveAll(each => each.IsOfTable && written.Contains(each.Name));
            return arguments;
        };
    }

    /// <summary>Adds what @list stands for; of @args also what was given by a name.</summary>
    void AddAll(IReadOnlyList<object?> values, Ast place)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not string text || !NamesAlone.TryGetValue(text, out _))
                given.Add(new(null, Values.Seen(values[i]), true, place));
            else if (text.EndsWith(':') && i + 1 < values.Count) given.Add(new(text[1..^1], Values.Seen(values[++i]), true, place));
            else given.Add(new(text[1..], null, false, place));
        }
    }

    /// <summary>Names that stand among the values of $args: the very objects, which PowerShell knows from other text.</summary>
    static readonly ConditionalWeakTable<string, object> NamesAlone = [];

    /// <summary>What $args holds for a name that is no parameter.</summary>
    internal static string NameAlone(string name, bool hasValue)
    {
        var text = string.Concat("-", name, hasValue ? ":" : "");
        NamesAlone.Add(text, text);
        return text;
    }

    /// <summary>Arguments without names.</summary>
    internal static Arguments Of(IEnumerable<object?> values)
    {
        var arguments = new Arguments();
        foreach (var value in values) arguments.given.Add(new(null, Values.OrNull(value), true, null));
        return arguments;
    }

    /// <summary>Which argument belongs to which parameter of a command whose parameters are known.</summary>
    /// <param name="command">Its name, for refusals.</param>
    /// <param name="names">The names of its parameters that take a value.</param>
    /// <param name="switches">The names of those that take none.</param>
    /// <exception cref="TraceRefusedException">A name is none of them.</exception>
    internal Bound Bind(string command, string[] names, string[] switches)
    {
        var bound = new Bound();
        for (var i = 0; i < given.Count; i++)
        {
            var (name, value, hasValue, place) = given[i];
            if (name is null)
            {
                bound.Positional.Add(value);
                continue;
            }

            string[] meant = [.. names.Concat(switches).Where(each => each.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
            var full = meant.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? (meant is [var only] ? only : null)
                ?? throw new TraceRefusedException($"{command} -{name} cannot be recorded", place?.Extent);
            if (switches.Contains(full)) bound.Named[full] = !hasValue || Truth.Of(value);
            else if (hasValue) bound.Named[full] = value;
            else if (i + 1 < given.Count && given[i + 1].Name is null) bound.Named[full] = given[++i].Value;
            else throw new TraceRefusedException($"{command} -{name} has no value", place?.Extent);
        }

        return bound;
    }

    /// <summary>Arguments by their parameters.</summary>
    internal sealed class Bound
    {
        internal List<object?> Positional { get; } = [];

        internal Dictionary<string, object?> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>The value of a parameter, or of the place where it may stand without its name.</summary>
        internal object? Get(string name, int place = -1) =>
            Named.TryGetValue(name, out var value) ? value : place >= 0 && place < Positional.Count ? Positional[place] : null;

        /// <summary>True for a switch that is on.</summary>
        internal bool Has(string name) => Named.TryGetValue(name, out var value) && Truth.Of(value);
    }
}
