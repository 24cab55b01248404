import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.reasoner.OWLReasoner;

/**
 * Asks the OWL API whether ontologies are in the profile OWL 2 DL, and HermiT whether they are consistent.
 *
 * <p>Arguments: the files; with -Dignore=true HermiT passes over literals whose datatype OWL 2 does not have. Prints an
 * object of JSON a line for each file: violations (kind and what is violated by it), consistent, unsatisfiable, error.
 */
public class Check {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("violations", violations(ontology));
            try {
                reason(ontology, report);
            } catch (RuntimeException error) {
                report.put("error", error.toString());
            }
            System.out.println(new ObjectMapper().writeValueAsString(report));
        }
    }

    private static List<List<String>> violations(OWLOntology ontology) {
        TreeSet<String> found = new TreeSet<>();
        for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
            found.add(violation.getClass().getSimpleName() + "\t" + violation.getExpression());
        }
        List<List<String>> pairs = new ArrayList<>();
        for (String line : found) {
            pairs.add(List.of(line.split("\t", 2)));
        }
        return pairs;
    }

    private static void reason(OWLOntology ontology, Map<String, Object> report) {
        Configuration configuration = new Configuration();
        configuration.ignoreUnsupportedDatatypes = Boolean.getBoolean("ignore");
        OWLReasoner reasoner = new ReasonerFactory().createReasoner(ontology, configuration);
        report.put("consistent", reasoner.isConsistent());
        if (reasoner.isConsistent()) {
            report.put("unsatisfiable", reasoner.getUnsatisfiableClasses().entities().filter(term -> !term.isOWLNothing())
                    .map(OWLClass::toStringID).sorted().collect(Collectors.toList()));
        }
        reasoner.dispose();
    }
}
