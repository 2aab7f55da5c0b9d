// Addresses that links of the API have, `/{p}/{e}/features/{f}` and `/{p}/{e}/users/{u}`: on to the pages of these things.
import { Navigate, useParams } from 'react-router';
import { usePlace } from '../components/place';
import { paths } from '../paths';

export default function SiteLink() {
  const { project, environment } = usePlace();
  const { feature, user = '' } = useParams();
  const to =
    feature === undefined
      ? paths.context(project.key, environment.key, 'user', user)
      : paths.flag(project.key, environment.key, feature);
  return <Navigate to={to} replace />;
}
