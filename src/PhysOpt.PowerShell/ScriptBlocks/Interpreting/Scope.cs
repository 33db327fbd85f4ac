using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>The variables and functions of a call; those of its callers are found through it, as PowerShell does.</summary>
/// <param name="parent">The scope of the caller; null for the outermost one, behind which lie the surroundings.</param>
/// <param name="surroundings">What lies outside of the script.</param>
internal sealed class Scope(Scope? parent, ISurroundings surroundings)
{
    readonly Dictionary<string, Variable> variables = new(StringComparer.OrdinalIgnoreCase);
    Dictionary<string, FunctionDefinitionAst>? functions;

    /// <summary>A variable; where it was given a type, with its conversion.</summary>
    internal sealed class Variable
    {
        internal object? Value { get; set; }

        internal Type? Type { get; set; }

        /// <summary>True for a parameter that PowerShell checks whenever it is given a value.</summary>
        internal bool IsValidated { get; set; }
    }

    /// <summary>What lies outside of the script.</summary>
    internal ISurroundings Surroundings => surroundings;

    /// <summary>The caller's scope.</summary>
    internal Scope? Parent => parent;

    /// <summary>The value of a variable, here, of a caller or of the surroundings; nothing where there is none.</summary>
    internal object? Read(string name) => TryRead(name, out var value) ? value : OfSurroundings(name);

    /// <summary>A variable of this very scope; null where it has none of the name.</summary>
    internal object? ReadLocal(string name) => variables.TryGetValue(name, out var variable) ? variable.Value : null;

    /// <summary>The value of a variable that the script itself, here or in a caller, has given one.</summary>
    internal bool TryRead(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (!scope.variables.TryGetValue(name, out var variable)) continue;
            value = variable.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Gives a variable back, at the end, what it is now in this scope: its value, or that there is none.</summary>
    internal Kept Keep(string name) => new(this, name, variables.GetValueOrDefault(name));

    /// <summary>A variable as it was.</summary>
    internal readonly struct Kept(Scope scope, string name, Variable? variable) : IDisposable
    {
        private readonly object? value = variable?.Value;

        /// <summary>Gives it back.</summary>
        public void Dispose()
        {
            if (variable is null) scope.variables.Remove(name);
            else variable.Value = value;
        }
    }

    /// <summary>A variable of the surroundings.</summary>
    internal object? OfSurroundings(string name) => Values.Seen(surroundings.Read(name));

    /// <summary>Gives a variable of this scope a value, converted where it has a type.</summary>
    internal void Write(string name, object? value)
    {
        if (!variables.TryGetValue(name, out var variable)) variables[name] = variable = new();
        if (variable.IsValidated)
        {
            throw new TraceRefusedException($"It gives the parameter ${name} another value, which PowerShell validates again; "
                + "use a variable of another name");
        }

        variable.Value = variable.Type is null ? value : Conversions.To(value, variable.Type);
    }

    /// <summary>Gives a variable a type, to which all that it is given later is converted too.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">Its type; null for any.</param>
    /// <param name="isConverted">Whether the value has the type already, or stays as it is.</param>
    internal void Write(string name, object? value, Type? type, bool isConverted = false)
    {
        var converted = type is null || isConverted ? value : Conversions.To(value, type);
        variables[name] = new() { Value = converted, Type = type };
    }

    /// <summary>Lets a parameter be given no other value.</summary>
    internal void Validated(string name) => variables[name].IsValidated = true;

    /// <summary>All variables of this scope.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> All => variables.Select(each => KeyValuePair.Create(each.Key, each.Value.Value));

    /// <summary>Defines a function.</summary>
    internal void Define(FunctionDefinitionAst function) => (functions ??= new(StringComparer.OrdinalIgnoreCase))[function.Name] = function;

    /// <summary>A function that the script itself has defined; null where there is none of the name.</summary>
    internal FunctionDefinitionAst? Function(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.functions?.GetValueOrDefault(name) is { } function) return function;
        }

        return null;
    }
}

/// <summary>A call on its way: its scope, and where a jump goes.</summary>
/// <param name="recording">The walk that it belongs to.</param>
/// <param name="scope">Its variables.</param>
internal sealed class Frame(Recording recording, Scope scope)
{
    /// <summary>The walk that it belongs to.</summary>
    internal Recording Recording => recording;

    /// <summary>Its variables.</summary>
    internal Scope Scope { get; set; } = scope;

    /// <summary>The label that a break or continue names; null without.</summary>
    internal string? Label { get; set; }

    /// <summary>A value that strict mode would not let be read where there is none; without it, that is watched.</summary>
    /// <exception cref="TraceRefusedException">It is $null in strict mode.</exception>
    internal object? Strictly(object? value, Ast place)
    {
        if (value is not null) return value;
        if (recording.IsStrict)
            throw new TraceRefusedException("It reads something that is $null or missing, in strict mode", place.Extent);
        Scope.Surroundings.WatchStrictMode();
        return null;
    }

    /// <summary>The number of calls that this one is in.</summary>
    internal int Depth { get; init; }

    /// <summary>True for a block that runs in the scope of whoever runs it, as by a dot.</summary>
    internal bool IsDotted { get; init; }

    /// <summary>The frame of a block that runs in a scope that is there already.</summary>
    internal Frame Dotted(Scope scope) => IsDotted && ReferenceEquals(scope, Scope) ? this
        : new(recording, scope) { Depth = Depth, Caller = this, IsDotted = true };

    /// <summary>The call that made this one; null for the outermost.</summary>
    internal Frame? Caller { get; init; }

    /// <summary>The innermost scope of this and its callers that belongs to some surroundings; null where there is none.</summary>
    internal Scope? ScopeIn(ISurroundings surroundings)
    {
        for (var frame = this; frame is not null; frame = frame.Caller)
        {
            if (ReferenceEquals(frame.Scope.Surroundings, surroundings)) return frame.Scope;
        }

        return null;
    }

    /// <summary>The frame of a call of a function or block.</summary>
    /// <param name="inner">Its scope.</param>
    /// <param name="isDotted">Whether that was there already.</param>
    /// <exception cref="TraceRefusedException">The calls are too deep.</exception>
    internal Frame Calling(Scope inner, bool isDotted = false) => Depth < 500
        ? new(recording, inner) { Depth = Depth + 1, Caller = this, IsDotted = isDotted }
        : throw new TraceRefusedException("Its calls are too deep when it is traced", recording.Place?.Extent);
}

/// <summary>Where a script continues after a statement.</summary>
internal enum Flow { Next, Break, Continue, Return }
