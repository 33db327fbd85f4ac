using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell;

namespace PhysOpt.Help;

/// <summary>What the compiled cmdlet itself says: by the engine's own reading of it.</summary>
internal sealed class CmdletFacts
{
    readonly Type type;
    readonly Cmdlet instance;

    CmdletFacts(Type type, CmdletAttribute attribute)
    {
        this.type = type;
        (Verb, Noun) = (attribute.VerbName, attribute.NounName);
        instance = (Cmdlet)Activator.CreateInstance(type)!;
        Sets = [.. new CmdletInfo(Name, type).ParameterSets.OrderByDescending(set => set.IsDefault)];
        Parameters = [.. Sets.SelectMany(WithoutCommon).GroupBy(parameter => parameter.Name).Select(group => group.First())
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];
    }

    /// <summary>The cmdlets of a module's assembly, by name.</summary>
    internal static IReadOnlyDictionary<string, CmdletFacts> Of(string assembly) => Assembly.LoadFrom(assembly).GetExportedTypes()
        .Where(type => !type.IsAbstract)
        .Select(type => (Type: type, Attribute: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(each => each.Attribute is not null)
        .Select(each => new CmdletFacts(each.Type, each.Attribute!))
        .ToDictionary(facts => facts.Name, StringComparer.Ordinal);

    internal string Verb { get; }

    internal string Noun { get; }

    internal string Name => $"{Verb}-{Noun}";

    /// <summary>The parameter sets, the default one first.</summary>
    internal IReadOnlyList<CommandParameterSetInfo> Sets { get; }

    /// <summary>Every parameter but the common ones, by name, as the first set that has it has it.</summary>
    internal IReadOnlyList<CommandParameterInfo> Parameters { get; }

    internal IEnumerable<Type> Outputs =>
        type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(each => each.Type).Select(each => each.Type);

    /// <summary>What comes down the pipeline as a whole object.</summary>
    internal IEnumerable<Type> Inputs =>
        Sets.SelectMany(WithoutCommon).Where(parameter => parameter.ValueFromPipeline).Select(parameter => parameter.ParameterType)
        .Distinct();

    /// <summary>
    /// The parameters of a set as the engine orders them in a syntax: those with a position, those that must be given, the others.
    /// </summary>
    internal static IEnumerable<CommandParameterInfo> InSyntax(CommandParameterSetInfo set) => WithoutCommon(set)
        .OrderBy(parameter => parameter.Position >= 0 ? parameter.Position : int.MaxValue)
        .ThenByDescending(parameter => parameter.IsMandatory);

    /// <summary>True where wildcards are taken.</summary>
    internal static bool TakesWildcards(CommandParameterInfo parameter) => parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    /// <summary>The value that a parameter has where it is not given; null where it has none that tells anything.</summary>
    internal string? Default(CommandParameterInfo parameter)
    {
        var value = type.GetProperty(parameter.Name)?.GetValue(instance);
        return value switch
        {
            null => parameter.ParameterType == typeof(SwitchParameter) ? "False" : null, // -WhatIf and -Confirm are the engine's own
            SwitchParameter => "False",
            Array list => list.Length == 0 ? null : string.Join(", ", list.Cast<object>()),
            _ when value.Equals(parameter.ParameterType.IsValueType && !parameter.ParameterType.IsEnum
                ? Activator.CreateInstance(parameter.ParameterType) : null) => null,
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }

    /// <summary>A type as PowerShell writes it, without its namespace.</summary>
    internal static string ShortName(Type type)
    {
        var name = FullName(Nullable.GetUnderlyingType(type) ?? type);
        return name[(name.LastIndexOf('.') + 1)..];
    }

    /// <summary>A type as PowerShell writes it.</summary>
    internal static string FullName(Type type) => ToStringCodeMethods.Type(PSObject.AsPSObject(type));

    static IEnumerable<CommandParameterInfo> WithoutCommon(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));
}
